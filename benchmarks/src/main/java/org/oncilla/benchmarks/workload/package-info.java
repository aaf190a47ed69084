/** What is measured, and what a library must do to be measured. */
package org.oncilla.benchmarks.workload;
