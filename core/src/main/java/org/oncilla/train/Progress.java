package org.oncilla.train;

/**
 * How far an epoch is.
 *
 * @param epoch counted from 1
 * @param epochs number of epochs in all
 * @param step steps done in this epoch
 * @param steps steps of an epoch
 * @param loss mean loss of the epoch so far
 * @param samplesPerSecond of training in this epoch
 */
public record Progress(
    int epoch, int epochs, int step, int steps, double loss, double samplesPerSecond) {}
