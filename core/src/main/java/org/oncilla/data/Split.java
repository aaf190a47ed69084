package org.oncilla.data;

/**
 * A data set in two parts that share no sample. What is fitted to data, such as a normalization, is
 * fitted to the training part alone.
 *
 * @param train to learn from
 * @param test to measure on
 */
public record Split(Dataset train, Dataset test) {}
