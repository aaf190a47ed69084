package org.oncilla.benchmarks.workload;

/**
 * How often something called a device.
 *
 * @param kernels calls of kernels; a backend makes at least one launch of each
 * @param reads transfers to the host, each of which waits for the device
 * @param writes transfers from the host
 */
public record DeviceCalls(int kernels, int reads, int writes) {}
