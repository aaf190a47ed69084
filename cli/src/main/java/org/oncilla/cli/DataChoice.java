package org.oncilla.cli;

import java.util.List;
import java.util.Set;
import org.oncilla.data.DataException;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.datasets.Cifar10;
import org.oncilla.datasets.DataSources;
import org.oncilla.datasets.FashionMnist;
import org.oncilla.datasets.PublishedDataset;

/** The data set of labelled images that a command is to use. */
interface DataChoice {
  /** The name that {@code --data} takes. */
  String name();

  /** The name for reports. */
  String title();

  /** The training samples, normalized. */
  ImageDataset train();

  /**
   * The test samples, with pixels scaled to [0, 1] or normalized.
   *
   * @param classes number of classes of the training samples
   */
  ImageDataset test(int classes);

  /**
   * The classes' names; a label is an index into them.
   *
   * @param classes how many the model tells apart
   */
  List<String> classNames(int classes);

  /** What is done to the pixels of the training samples. */
  Normalization normalization();

  /** Whether the images show something dark on a light background. */
  boolean lightBackground();

  /** Whether an image shows the same when it is mirrored left and right, as digits do not. */
  boolean mirrorable();

  /** A data set that is known by name, its files checked wherever they come from. */
  record Published(PublishedDataset dataset, DataSources sources) implements DataChoice {
    private static final Set<PublishedDataset> MIRRORABLE =
        Set.of(Cifar10.DATASET, FashionMnist.DATASET);

    @Override
    public String name() {
      return dataset.name();
    }

    @Override
    public String title() {
      return dataset.title();
    }

    @Override
    public ImageDataset train() {
      return dataset.train(sources);
    }

    @Override
    public ImageDataset test(int classes) {
      requireClasses(classes);
      return dataset.test(sources);
    }

    private void requireClasses(int classes) {
      if (classes != dataset.classNames().size()) {
        throw new DataException(
            title()
                + " has "
                + dataset.classNames().size()
                + " classes, but the model tells "
                + classes
                + " apart");
      }
    }

    @Override
    public List<String> classNames(int classes) {
      requireClasses(classes);
      return dataset.classNames();
    }

    @Override
    public Normalization normalization() {
      return dataset.normalization();
    }

    @Override
    public boolean lightBackground() {
      // Of the test images, which are fewer to read.
      return PixelStatistics.lightBackground(dataset.test(sources));
    }

    @Override
    public boolean mirrorable() {
      return MIRRORABLE.contains(dataset);
    }
  }
}
