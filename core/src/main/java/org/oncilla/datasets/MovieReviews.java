package org.oncilla.datasets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.oncilla.data.DataException;
import org.oncilla.data.LabelledTexts;

/**
 * Reviews of movies, 1,000 that pan and 1,000 that praise them, in English and in lower case, one
 * sentence in each line; labels are 0 (negative) and 1 (positive). (B. Pang and L. Lee, "A
 * Sentimental Education: Sentiment Analysis Using Subjectivity Summarization Based on Minimum
 * Cuts", ACL 2004: the polarity data set 2.0.)
 *
 * <p>The data set has no test part of its own. Here every fifth review of each class, in the order
 * of their names, is for testing: 400 in all, against 1,600 to train. Where the files come from:
 * {@link DataSources}. A folder may hold the folders {@code neg} and {@code pos} of the data set's
 * archive.
 */
public final class MovieReviews {
  private static final MovieReviewLayout LAYOUT = new MovieReviewLayout();
  private static final String POSITIVE = "pos/";

  private static final Origin ORIGIN =
      new Origin(
          "movie-reviews",
          "Movie reviews",
          List.of(new DataFile("movie-reviews.txt", 7_827_597, "3048c06ccf6493de0dcca2082b17578a")),
          List.of(),
          List.of(),
          LAYOUT,
          (staging, commands) ->
              List.of(
                  new MavenSource("org.openimaj:test-resources:1.3.9", LAYOUT, staging, commands)),
          "install mvn, or unpack"
              + " https://www.cs.cornell.edu/people/pabo/movie-review-data/review_polarity.tar.gz",
          "LabelledTexts");

  private MovieReviews() {}

  /** The 1,600 training texts from {@link DataSources#standard}. */
  public static LabelledTexts train() {
    return train(DataSources.standard());
  }

  /** The 400 test texts from {@link DataSources#standard}. */
  public static LabelledTexts test() {
    return test(DataSources.standard());
  }

  /** The training texts from a folder that holds the data set. */
  public static LabelledTexts train(Path directory) {
    return train(DataSources.directory(directory));
  }

  /** The test texts from a folder that holds the data set. */
  public static LabelledTexts test(Path directory) {
    return test(DataSources.directory(directory));
  }

  /**
   * The training texts.
   *
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public static LabelledTexts train(DataSources sources) {
    return part(load(sources), false);
  }

  /**
   * The test texts.
   *
   * @throws DataException if they are not to be had, with every place that was tried
   */
  public static LabelledTexts test(DataSources sources) {
    return part(load(sources), true);
  }

  private static String load(DataSources sources) {
    byte[] file = sources.find(ORIGIN, ORIGIN.files()).contents().get(ORIGIN.files().get(0));
    return new String(file, StandardCharsets.ISO_8859_1);
  }

  /** Every fifth review, or all others. */
  static LabelledTexts part(String file, boolean test) {
    List<String> texts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int[] seen = new int[2];
    for (int start = 0; start < file.length(); ) {
      int line = file.indexOf('\n', start);
      int end = file.indexOf(MovieReviewLayout.END, start);
      int label = file.startsWith(POSITIVE, start) ? 1 : 0;
      if (EveryFifth.isTest(seen[label]++) == test) {
        texts.add(file.substring(line + 1, end));
        labels.add(label);
      }
      start = end + 1;
    }
    return new LabelledTexts(
        texts, labels.stream().mapToInt(label -> label).toArray(), List.of("negative", "positive"));
  }
}
