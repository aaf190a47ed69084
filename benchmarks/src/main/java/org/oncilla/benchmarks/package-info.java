/** JMH measurements of the workloads. */
package org.oncilla.benchmarks;
