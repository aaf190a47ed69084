package org.oncilla.nn;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A vector for each index, such as each word of a vocabulary: indices [N, T] become [N, T, D]. The
 * weight has shape [V, D] and starts normal with mean 0 and variance 1, as in PyTorch.
 *
 * <p>Inputs are integers ({@link Tensor#ofInts}; a data set says so by {@code hasIndices}). For a
 * convolution along the text, which takes [N, D, T], {@code new Permute(1, 0)} follows.
 */
public final class Embedding extends Module {
  private static final String PADDING = "paddingIndex";

  private final int numEmbeddings;
  private final int embeddingDim;
  private int paddingIndex = IndexingKernels.NONE;
  private Initializer weightInitializer = Initializers.normal(1);
  private Parameter weight;

  /**
   * A table that is learnt.
   *
   * @param numEmbeddings number of indices V; they are 0 … V−1
   * @param embeddingDim length D of a vector
   */
  public Embedding(int numEmbeddings, int embeddingDim) {
    if (numEmbeddings < 1 || embeddingDim < 1) {
      throw new IllegalArgumentException(
          "Embedding: needs at least 1 index and vectors of at least 1 value, not "
              + numEmbeddings
              + " and "
              + embeddingDim);
    }
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
  }

  /**
   * Says which index fills short sequences up: its vector starts as zeros and gets no gradient.
   * Before the model is initialized.
   *
   * @param index in 0 … V−1
   */
  public Embedding paddingIndex(int index) {
    requireUninitialized("paddingIndex");
    if (index < 0 || index >= numEmbeddings) {
      throw new IllegalArgumentException(
          "Embedding: the padding index "
              + index
              + " is not in 0 … "
              + (numEmbeddings - 1)
              + ", the indices of a table of "
              + numEmbeddings);
    }
    paddingIndex = index;
    return this;
  }

  /** Draws the weight in another way. Before the model is initialized. */
  public Embedding weightInitializer(Initializer initializer) {
    requireUninitialized("weightInitializer");
    weightInitializer = initializer;
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    weight = context.parameter("weight", Shape.of(numEmbeddings, embeddingDim), this::fillWeight);
    return input.append(embeddingDim);
  }

  private void fillWeight(float[] values, int offset, Shape shape, Generator generator) {
    weightInitializer.fill(values, offset, shape, generator);
    if (paddingIndex != IndexingKernels.NONE) {
      int from = offset + paddingIndex * embeddingDim;
      Arrays.fill(values, from, from + embeddingDim, 0f);
    }
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.embedding(valueOf(weight), paddingIndex);
  }

  /** The weight [V, D]. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public ModuleConfig config() {
    Map<String, Object> arguments = new TreeMap<>();
    arguments.put("numEmbeddings", numEmbeddings);
    arguments.put("embeddingDim", embeddingDim);
    if (paddingIndex != IndexingKernels.NONE) {
      arguments.put(PADDING, paddingIndex);
    }
    return ModuleConfig.of(type(), arguments);
  }

  static Embedding create(ModuleConfig config) {
    Embedding embedding =
        new Embedding(config.integer("numEmbeddings"), config.integer("embeddingDim"));
    return config.arguments().containsKey(PADDING)
        ? embedding.paddingIndex(config.integer(PADDING))
        : embedding;
  }
}
