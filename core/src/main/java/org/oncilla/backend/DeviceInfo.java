package org.oncilla.backend;

/**
 * What a backend knows of a device.
 *
 * @param name the device's own name
 * @param kind {@code "CPU"}, {@code "GPU"} or {@code "accelerator"}
 * @param computeUnits cores or compute units
 * @param memoryBytes memory for buffers
 * @param driver driver or runtime and its version
 * @param details what else a user may want to know: vector width, OpenCL version, …
 */
public record DeviceInfo(
    String name, String kind, int computeUnits, long memoryBytes, String driver, String details) {}
