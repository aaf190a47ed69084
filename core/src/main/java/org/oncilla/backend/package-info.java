/**
 * The contract between the library and a device: kernel families, memory, and how backends are
 * found. Each family has the same name on every floor: {@code MatmulKernels} here, {@code
 * CpuMatmul}, {@code OpenClMatmul}, {@code matmul.cl} and {@code MatmulConformance} elsewhere.
 */
package org.oncilla.backend;
