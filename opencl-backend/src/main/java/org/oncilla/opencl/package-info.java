/**
 * The backend that computes on OpenCL devices.
 *
 * <p>System properties:
 *
 * <ul>
 *   <li>{@code oncilla.opencl.device}: which device; an index in the list that a probe shows,
 *       {@code platform:device}, or a part of the device's name; by default the best, GPUs first
 *   <li>{@code oncilla.opencl.cache}: the folder for compiled programs, or {@code off}; by default
 *       {@code opencl} in the library's cache, see {@link org.oncilla.file.CacheFolder}
 *   <li>{@code oncilla.opencl.kernels}: {@code groups} cuts kernels for devices that share local
 *       memory in work-groups, {@code single} for CPUs; by default what the device is
 * </ul>
 *
 * <p>JOCL unpacks its native library to the temporary folder, which must be writable and not
 * mounted noexec. This backend makes it use a name of its own in each process, because JVMs that
 * start at once would otherwise read each other's half-written file.
 */
package org.oncilla.opencl;
