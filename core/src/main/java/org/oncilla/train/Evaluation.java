package org.oncilla.train;

import java.util.Map;

/**
 * How good a model is on a data set.
 *
 * @param loss mean over the samples
 * @param metrics each metric's value by its name
 * @param samples number of samples
 */
public record Evaluation(double loss, Map<String, Double> metrics, int samples) {}
