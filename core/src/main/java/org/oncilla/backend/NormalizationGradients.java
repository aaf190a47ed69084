package org.oncilla.backend;

/**
 * Where the gradients of a normalization go. A span that is null is not wanted.
 *
 * @param input receives dx, [N, C, S]
 * @param addInput adds to it instead of overwriting it
 * @param weight receives dw, [C]
 * @param addWeight adds to it instead of overwriting it
 * @param bias receives db, [C]
 * @param addBias adds to it instead of overwriting it
 */
public record NormalizationGradients(
    Span input, boolean addInput, Span weight, boolean addWeight, Span bias, boolean addBias) {}
