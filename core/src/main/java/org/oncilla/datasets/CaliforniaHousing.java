package org.oncilla.datasets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.DataException;
import org.oncilla.tensor.Shape;

/**
 * Prices of houses in California: 20,640 blocks of the census of 1990, each with 8 features and the
 * median value of its houses. (R. K. Pace and R. Barry, "Sparse Spatial Autoregressions",
 * Statistics and Probability Letters 33, 1997; features as scikit-learn derives them.)
 *
 * <p>Inputs [8] and targets [1] are as they were collected, so a model needs them scaled first. The
 * data set has no test part of its own. Here every fifth block is for testing: 4,128, against
 * 16,512 to train. Where the file comes from: {@link DataSources}.
 */
public final class CaliforniaHousing {
  /**
   * The features: median income in 10,000 dollars, median age of houses in years, rooms and
   * bedrooms of a household, population, members of a household, and where the block is, in
   * degrees.
   */
  public static final List<String> FEATURES =
      List.of(
          "MedInc",
          "HouseAge",
          "AveRooms",
          "AveBedrms",
          "Population",
          "AveOccup",
          "Latitude",
          "Longitude");

  /** The target: median value of houses in 100,000 dollars, at most 5.00001. */
  public static final String TARGET = "MedHouseVal";

  private static final Origin ORIGIN =
      new Origin(
          "california-housing",
          "California housing",
          List.of(
              new DataFile(
                  "california_housing.csv", 1_895_154, "ca5b757f0729c68d74d05bf9d9ca8486")),
          List.of(),
          List.of(),
          FolderLayout.PLAIN,
          (staging, commands) ->
              List.of(
                  new NpmSource(
                      "scikitjs",
                      "1.24.0",
                      "docs/static/data",
                      FolderLayout.PLAIN,
                      staging,
                      commands)),
          "install npm",
          "ArrayDataset.ofTargets");

  private CaliforniaHousing() {}

  /** The 16,512 training samples from {@link DataSources#standard}. */
  public static ArrayDataset train() {
    return train(DataSources.standard());
  }

  /** The 4,128 test samples from {@link DataSources#standard}. */
  public static ArrayDataset test() {
    return test(DataSources.standard());
  }

  /** The training samples from a folder that holds the data set's file, plain or in gzip. */
  public static ArrayDataset train(Path directory) {
    return train(DataSources.directory(directory));
  }

  /** The test samples from a folder that holds the data set's file, plain or in gzip. */
  public static ArrayDataset test(Path directory) {
    return test(DataSources.directory(directory));
  }

  /**
   * The training samples.
   *
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public static ArrayDataset train(DataSources sources) {
    return part(load(sources), false);
  }

  /**
   * The test samples.
   *
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public static ArrayDataset test(DataSources sources) {
    return part(load(sources), true);
  }

  private static String load(DataSources sources) {
    byte[] file = sources.find(ORIGIN, ORIGIN.files()).contents().get(ORIGIN.files().get(0));
    return new String(file, StandardCharsets.US_ASCII);
  }

  /**
   * Every fifth row, or all others. The file is known by its checksum to hold a header and then
   * rows of nothing but numbers and commas, so no general reader of CSV is needed here.
   */
  static ArrayDataset part(String file, boolean test) {
    String[] lines = file.split("\n");
    int features = FEATURES.size();
    int rows = 0;
    float[] inputs = new float[lines.length * features];
    float[] targets = new float[lines.length];
    for (int line = 1; line < lines.length; line++) {
      if (EveryFifth.isTest(line - 1) == test) {
        String[] values = lines[line].split(",");
        for (int i = 0; i < features; i++) {
          inputs[rows * features + i] = Float.parseFloat(values[i]);
        }
        targets[rows++] = Float.parseFloat(values[features]);
      }
    }
    return ArrayDataset.ofTargets(
        Shape.of(features),
        Arrays.copyOf(inputs, rows * features),
        Shape.of(1),
        Arrays.copyOf(targets, rows));
  }
}
