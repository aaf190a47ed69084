package org.oncilla.examples;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.LabelledTexts;
import org.oncilla.data.Vocabulary;
import org.oncilla.datasets.MovieReviews;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.AdaptiveAvgPool1d;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Embedding;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Permute;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Adam;
import org.oncilla.train.EpochLog;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Trainer;

/**
 * Does a review praise a movie or pan it? A one-dimensional convolution over the embeddings of a
 * review's first 800 words looks at three words at a time; the mean over the review decides. From
 * 1,600 reviews it learns to get 0.87 of the 400 others right.
 */
public final class ReviewSentiment {
  private static final int VOCABULARY = 10_000;
  private static final int WORDS = 800;
  private static final int EPOCHS = 8;

  private ReviewSentiment() {}

  /** Trains on the movie reviews and prints how good it is on those it has not seen. */
  public static void main(String[] args) {
    Evaluation test = train(Backends.get(), MovieReviews.train(), MovieReviews.test());
    System.out.printf("accuracy on the test reviews: %.4f%n", test.metric("accuracy"));
  }

  /**
   * Trains, and measures after each epoch.
   *
   * @return loss and accuracy on the test reviews
   */
  public static Evaluation train(Backend backend, LabelledTexts train, LabelledTexts test) {
    Vocabulary vocabulary = Vocabulary.fit(train.texts(), VOCABULARY);
    try (Module net = net(vocabulary.size());
        Trainer trainer =
            Trainer.of(net)
                .backend(backend)
                .loss(new CrossEntropyLoss())
                .optimizer(new Adam(3e-3))
                .metrics(new Accuracy())
                .listener(new EpochLog())
                .seed(42)
                .build()) {
      return trainer
          .fit(
              train.encoded(vocabulary, WORDS).shuffled(42).batches(32),
              test.encoded(vocabulary, WORDS).batches(100),
              EPOCHS)
          .last()
          .validation();
    }
  }

  private static Module net(int words) {
    return new Sequential(
        new Embedding(words, 32)
            .paddingIndex(Vocabulary.PADDING)
            .weightInitializer(Initializers.normal(0.1)),
        new Permute(1, 0), // [words, 32] to [32, words]: a convolution's channels come first
        new Dropout(0.3),
        new Conv1d(32, 3),
        new ReLU(),
        new AdaptiveAvgPool1d(1),
        new Flatten(),
        new Dropout(0.5),
        new Linear(2));
  }
}
