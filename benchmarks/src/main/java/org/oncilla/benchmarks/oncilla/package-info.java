/** The workloads on Oncilla itself. */
package org.oncilla.benchmarks.oncilla;
