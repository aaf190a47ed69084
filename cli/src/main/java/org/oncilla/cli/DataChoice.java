package org.oncilla.cli;

import java.util.List;
import org.oncilla.data.DataException;
import org.oncilla.data.ImageDataset;
import org.oncilla.datasets.DataSources;
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

  /** The classes' names; a label is an index into them. */
  List<String> classNames(int classes);

  /** A data set that is known by name, its files checked wherever they come from. */
  record Published(PublishedDataset dataset, DataSources sources) implements DataChoice {
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
      if (classes != dataset.classNames().size()) {
        throw new DataException(
            title()
                + " has "
                + dataset.classNames().size()
                + " classes, but the model tells "
                + classes
                + " apart");
      }
      return dataset.test(sources);
    }

    @Override
    public List<String> classNames(int classes) {
      return dataset.classNames();
    }
  }
}
