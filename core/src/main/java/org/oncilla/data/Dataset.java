package org.oncilla.data;

import java.util.function.IntFunction;
import org.oncilla.tensor.Shape;

/**
 * Samples to learn from: pairs of an input and a target, each of a fixed shape, read by index.
 * Reading is thread-safe: batches are prepared by another thread than the one that trains.
 */
public interface Dataset {
  /** Number of samples. */
  int size();

  /** Shape of one input, such as [1, 28, 28]. */
  Shape inputShape();

  /** Whether inputs are integer indices, such as the words of a text (else real values). */
  default boolean hasIndices() {
    return false;
  }

  /** Shape of one target: {@link Shape#SCALAR} for a class label. */
  Shape targetShape();

  /** Whether targets are integer class labels (else real values). */
  boolean hasLabels();

  /** Number of classes; 0 where targets are not labels. */
  int classes();

  /**
   * Copies one sample into a batch. What is random about it depends on the batch's epoch and on the
   * index alone.
   *
   * @param index of the sample, 0 … size−1
   * @param batch receives the sample
   * @param position of the sample within the batch
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  void read(int index, HostBatch batch, int position);

  /**
   * The order in which an epoch visits the samples; indices of samples, each once.
   *
   * @param epoch counted from 0
   */
  default int[] order(int epoch) {
    int[] order = new int[size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * The same samples in an order that is drawn anew for each epoch, the same one for the same seed.
   *
   * @param seed of the permutations
   */
  default Dataset shuffled(long seed) {
    return new ShuffledDataset(this, seed);
  }

  /**
   * The same images, each changed at random whenever it is read, and otherwise in each epoch
   * (Krizhevsky, Sutskever and Hinton, 2012). What is drawn depends on the seed, the epoch and the
   * index of the sample alone, so that a repeated or resumed training sees the same images with any
   * size of batch. Augment what is trained on, not what is measured on.
   *
   * @param seed of what is drawn; another one for a second view of this kind on top
   * @param augmentations one after the other; see {@link Augmentations}
   * @throws IllegalArgumentException if inputs are not of shape [channels, height, width], or there
   *     is no augmentation
   */
  default Dataset augmented(long seed, Augmentation... augmentations) {
    return new AugmentedDataset(this, seed, augmentations);
  }

  /**
   * Mixtures of two samples (Zhang, Cissé, Dauphin and Lopez-Paz, "mixup: Beyond Empirical Risk
   * Minimization", ICLR 2018): λ times the sample plus 1 − λ times another one, drawn from all of
   * them, with λ ~ Beta(α, α); inputs and targets alike. Class labels become probabilities of shape
   * [classes], which {@code CrossEntropyLoss} takes. Drawn anew for each epoch, as {@link
   * #augmented} does.
   *
   * @param seed of what is drawn
   * @param alpha above 0; the article's is 0.2 … 1 for images
   * @throws IllegalArgumentException if alpha is not above 0 and finite, or targets are several
   *     labels
   */
  default Dataset mixup(long seed, double alpha) {
    return new MixupDataset(this, seed, alpha);
  }

  /**
   * The samples {@code from} … {@code to − 1}.
   *
   * @throws IllegalArgumentException if the range is empty or not within the data set
   */
  default Dataset range(int from, int to) {
    return new SubDataset(this, from, to);
  }

  /**
   * Some of the samples, in the order given.
   *
   * @param indices of the samples
   * @throws IllegalArgumentException if there is none, or no sample of an index
   */
  default Dataset subset(int... indices) {
    return PickedDataset.of(this, indices);
  }

  /**
   * Two parts with the samples drawn at random, the same ones for the same seed; each part visits
   * its samples in the order of the whole, so that parts of shuffled samples are shuffled.
   *
   * @param trainFraction of the samples for the training part, in (0, 1); rounded to a whole number
   *     of samples, at least one for each part
   * @param seed of the draw
   * @throws IllegalArgumentException if the fraction is out of range, or there is one sample only
   */
  default Split split(double trainFraction, long seed) {
    return Splits.random(this, trainFraction, seed);
  }

  /**
   * As {@link #split}, with the fraction held in each class as near as whole numbers allow, so that
   * rare classes are in both parts alike. Reads each sample once.
   *
   * @throws IllegalArgumentException moreover if the samples have no class labels, or a class has
   *     one sample only
   */
  default Split stratifiedSplit(double trainFraction, long seed) {
    return Splits.stratified(this, trainFraction, seed);
  }

  /**
   * The same samples with real targets in place of their class labels: a yes or no, several at once
   * (multi-label), or whatever else follows from the class.
   *
   * @param targetOfLabel the target of each class; all of the same length
   * @throws IllegalArgumentException if the samples have no labels, or the lengths differ
   */
  default Dataset withTargets(IntFunction<float[]> targetOfLabel) {
    return new LabelTargets(this, targetOfLabel);
  }

  /**
   * The same samples with one-hot targets: 1 at the class of the sample, 0 at the others.
   *
   * @throws IllegalArgumentException if the samples have no labels
   */
  default Dataset oneHot() {
    int classes = classes();
    return withTargets(
        label -> {
          float[] target = new float[classes];
          target[label] = 1;
          return target;
        });
  }

  /**
   * The samples in batches; the last one of an epoch may be smaller.
   *
   * @param batchSize samples in a batch, at least 1
   */
  default Batches batches(int batchSize) {
    return new Batches(this, batchSize);
  }
}
