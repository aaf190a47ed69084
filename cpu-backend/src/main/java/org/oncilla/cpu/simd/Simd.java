package org.oncilla.cpu.simd;

/**
 * One implementation of the inner loops, chosen once when a backend opens.
 *
 * @param description what it is, for logs and device details
 * @param lanes floats in one vector register; 1-lane implementations choose a convenient width
 * @param tiles blocks of matrix products
 * @param elementwise functions of each element
 * @param reductions many elements to one
 * @param normalization batch and group normalization
 * @param updates optimizer steps
 */
public record Simd(
    String description,
    int lanes,
    TileKernels tiles,
    ElementwiseOps elementwise,
    ReductionOps reductions,
    NormalizationOps normalization,
    UpdateOps updates) {}
