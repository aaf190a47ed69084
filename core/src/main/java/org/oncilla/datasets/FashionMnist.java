package org.oncilla.datasets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.tensor.Shape;

/**
 * Fashion-MNIST: pictures of clothes, 60,000 to train and 10,000 to test, each a [1, 28, 28] image
 * and a label 0 … 9. (H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a novel image dataset for
 * benchmarking machine learning algorithms", 2017; MIT licence.)
 *
 * <p>Inputs are pixels scaled to [0, 1], less their mean over the training set, 0.2860, and divided
 * by their standard deviation, 0.3530. Where the files come from: {@link DataSources}.
 */
public final class FashionMnist {
  /** The data set. */
  public static final PublishedDataset DATASET =
      new PublishedDataset(
          new Origin(
              "fashion-mnist",
              "Fashion-MNIST",
              List.of(
                  new DataFile(
                      "train-images-idx3-ubyte", 47_040_016, "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
                  new DataFile(
                      "train-labels-idx1-ubyte", 60_008, "9018921c3c673c538a1fc5bad174d6f9"),
                  new DataFile(
                      "t10k-images-idx3-ubyte", 7_840_016, "8181f5470baa50b63fa0f6fddb340f0a"),
                  new DataFile(
                      "t10k-labels-idx1-ubyte", 10_008, "15d484375f8d13e6eb1aabb0c3f46965")),
              List.of(Path.of("/usr/share/datasets/fashion-mnist")),
              List.of(
                  URI.create(
                      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                  URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
              FolderLayout.PLAIN,
              (staging, commands) ->
                  List.of(
                      new DebianSource(
                          "dataset-fashion-mnist",
                          "usr/share/datasets/fashion-mnist",
                          staging,
                          commands)),
              "connect this machine to the network, or on Debian and Ubuntu run apt-get install"
                  + " dataset-fashion-mnist",
              "IdxFile and ImageDataset.ofIdx"),
          Shape.of(1, 28, 28),
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          Normalization.of(0.2860f, 0.3530f),
          ImageFormat.IDX);

  private FashionMnist() {}

  /** The 60,000 training samples from {@link DataSources#standard}. */
  public static ImageDataset train() {
    return train(DataSources.standard());
  }

  /** The 10,000 test samples from {@link DataSources#standard}. */
  public static ImageDataset test() {
    return test(DataSources.standard());
  }

  /** The training samples from a folder that holds the data set's files, plain or in gzip. */
  public static ImageDataset train(Path directory) {
    return train(DataSources.directory(directory));
  }

  /** The test samples from a folder that holds the data set's files, plain or in gzip. */
  public static ImageDataset test(Path directory) {
    return test(DataSources.directory(directory));
  }

  /**
   * The training samples.
   *
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public static ImageDataset train(DataSources sources) {
    return DATASET.train(sources);
  }

  /**
   * The test samples.
   *
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public static ImageDataset test(DataSources sources) {
    return DATASET.test(sources);
  }
}
