/**
 * The inner loops of the CPU backend behind small interfaces, so that blocking, packing and
 * threading are written once. {@link org.oncilla.cpu.simd.ScalarSimd} implements them in plain
 * Java; {@code org.oncilla.cpu.vector} with the Vector API.
 */
package org.oncilla.cpu.simd;
