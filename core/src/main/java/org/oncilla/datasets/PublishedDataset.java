package org.oncilla.datasets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.oncilla.data.DataException;
import org.oncilla.data.IdxFile;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.tensor.Shape;

/**
 * A well-known data set of labelled images: what its files are, where they can be had, and how its
 * pixels are normalized. Two are known by name: {@code mnist} and {@code fashion-mnist}.
 */
public final class PublishedDataset {
  private static final int FILES_OF_A_PART = 2;

  private final String name;
  private final String title;
  private final Shape inputShape;
  private final List<String> classNames;
  private final Normalization normalization;
  private final Origin origin;

  PublishedDataset(
      String name,
      String title,
      Shape inputShape,
      List<String> classNames,
      Normalization normalization,
      Origin origin) {
    this.name = name;
    this.title = title;
    this.inputShape = inputShape;
    this.classNames = List.copyOf(classNames);
    this.normalization = normalization;
    this.origin = origin;
  }

  /**
   * Where the files come from.
   *
   * @param files training images, training labels, test images, test labels
   * @param systemFolders where systems install them
   * @param mirrors folders on the web; each ends in a slash
   * @param packages makes sources from packages
   * @param advice what to do where no source worked
   */
  record Origin(
      List<DataFile> files,
      List<Path> systemFolders,
      List<URI> mirrors,
      Packages packages,
      String advice) {}

  /** Sources that are packages of some registry. */
  @FunctionalInterface
  interface Packages {
    /**
     * The sources.
     *
     * @param staging a folder for them to work in
     * @param commands the programs there are
     */
    List<FileSource> sources(Path staging, Commands commands);
  }

  /** The data sets known by name. */
  public static List<PublishedDataset> all() {
    return List.of(Mnist.DATASET, FashionMnist.DATASET);
  }

  /**
   * The data set of that name.
   *
   * @throws DataException if there is none, with the choices
   */
  public static PublishedDataset named(String name) {
    return all().stream()
        .filter(dataset -> dataset.name.equals(name))
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
    return name;
  }

  /** The name as its makers write it. */
  public String title() {
    return title;
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
    return load(sources, origin.files().subList(0, FILES_OF_A_PART));
  }

  /**
   * The test samples.
   *
   * @param sources where to look for them
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public ImageDataset test(DataSources sources) {
    return load(sources, origin.files().subList(FILES_OF_A_PART, 2 * FILES_OF_A_PART));
  }

  Origin origin() {
    return origin;
  }

  private ImageDataset load(DataSources sources, List<DataFile> files) {
    DataSources.Found found = sources.find(this, files);
    List<IdxFile> parsed = new ArrayList<>();
    for (Map.Entry<DataFile, byte[]> entry : found.contents().entrySet()) {
      parsed.add(parse(entry.getKey(), entry.getValue(), found.source()));
    }
    return ImageDataset.ofIdx(parsed.get(0), parsed.get(1), classNames.size())
        .normalized(normalization)
        .from(found.source());
  }

  private IdxFile parse(DataFile file, byte[] contents, String source) {
    try {
      return IdxFile.parse(file.name(), contents);
    } catch (IOException e) {
      throw new DataException(title + " from " + source + ": " + e.getMessage(), e);
    }
  }
}
