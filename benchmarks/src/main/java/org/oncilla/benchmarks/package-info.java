/** Measurements: JMH of single kernels, and whole workloads side by side with other libraries. */
package org.oncilla.benchmarks;
