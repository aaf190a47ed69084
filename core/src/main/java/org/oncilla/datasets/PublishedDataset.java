package org.oncilla.datasets;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.oncilla.data.DataException;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.tensor.Shape;

/**
 * A well-known data set of labelled images: what its files are, where they can be had, and how its
 * pixels are normalized. Three are known by name: {@code mnist}, {@code fashion-mnist} and {@code
 * cifar10}.
 */
public final class PublishedDataset {
  private final Origin origin;
  private final Shape inputShape;
  private final List<String> classNames;
  private final Normalization normalization;
  private final ImageFormat format;

  PublishedDataset(
      Origin origin,
      Shape inputShape,
      List<String> classNames,
      Normalization normalization,
      ImageFormat format) {
    this.origin = origin;
    this.inputShape = inputShape;
    this.classNames = List.copyOf(classNames);
    this.normalization = normalization;
    this.format = format;
  }

  /** The data sets known by name. */
  public static List<PublishedDataset> all() {
    return List.of(Mnist.DATASET, FashionMnist.DATASET, Cifar10.DATASET);
  }

  /**
   * The data set of that name.
   *
   * @throws DataException if there is none, with the choices
   */
  public static PublishedDataset named(String name) {
    return all().stream()
        .filter(dataset -> dataset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "unknown data set \""
                        + name
                        + "\"; the choices are "
                        + all().stream()
                            .map(PublishedDataset::name)
                            .collect(Collectors.joining(", "))));
  }

  /** The name, such as fashion-mnist. */
  public String name() {
    return origin.name();
  }

  /** The name as its makers write it. */
  public String title() {
    return origin.title();
  }

  /** Shape of one image: [channels, height, width]. */
  public Shape inputShape() {
    return inputShape;
  }

  /** The classes' names; a label is an index into them. */
  public List<String> classNames() {
    return classNames;
  }

  /** What is done to pixels when they are read. */
  public Normalization normalization() {
    return normalization;
  }

  /**
   * The training samples.
   *
   * @param sources where to look for them
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public ImageDataset train(DataSources sources) {
    return load(sources, format.trainingFiles(origin.files()));
  }

  /**
   * The test samples.
   *
   * @param sources where to look for them
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public ImageDataset test(DataSources sources) {
    return load(sources, format.testFiles(origin.files()));
  }

  Origin origin() {
    return origin;
  }

  private ImageDataset load(DataSources sources, List<DataFile> files) {
    DataSources.Found found = sources.find(origin, files);
    try {
      return format
          .parse(found.contents(), inputShape, classNames.size())
          .normalized(normalization)
          .from(found.source());
    } catch (IOException e) {
      throw new DataException(title() + " from " + found.source() + ": " + e.getMessage(), e);
    }
  }
}
