/**
 * Tensors and automatic differentiation. Each differentiable operation is written once, as a
 * forward and a backward made of a backend's kernels, in the class named after its kernel family.
 */
package org.oncilla.tensor;
