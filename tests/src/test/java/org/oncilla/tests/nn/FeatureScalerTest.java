package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Dataset;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.loss.MseLoss;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MinMaxScaler;
import org.oncilla.nn.Module;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.StandardScaler;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Trainer;

/** Scaling that is learned from the training data and travels with the model. */
class FeatureScalerTest {
  /** Means 2, 200 and 7; deviations √(2/3), √(20000/3) and 0. */
  private static final float[] ROWS = {1, 100, 7, 2, 200, 7, 3, 300, 7};

  @TempDir Path folder;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  private static Dataset rows(float... inputs) {
    int samples = inputs.length / 3;
    return ArrayDataset.ofTargets(Shape.of(3), inputs, Shape.of(1), new float[samples]);
  }

  private static double[] apply(Module model, Backend backend, float[] x, int... sizes) {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      return model.forward(Tensor.of(backend, x, Shape.of(sizes))).toDoubleArray();
    }
  }

  private static void assertScaled(double[] actual, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double[] scaled(Module scaler, TestBackend tested, float[] x) {
    try (Module model = scaler.initialize(tested.backend(), Shape.of(3), 1)) {
      return apply(model, tested.backend(), x, x.length / 3, 3);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void standardizesEachFeature(TestBackend tested) {
    double one = 1 / Math.sqrt(2.0 / 3);
    assertScaled(
        scaled(new StandardScaler().fit(rows(ROWS)), tested, ROWS),
        -one,
        -one,
        0,
        0,
        0,
        0,
        one,
        one,
        0);
    // What the fit has not seen is scaled by what it has; a constant feature is only shifted.
    assertScaled(
        scaled(new StandardScaler().fit(rows(ROWS)), tested, new float[] {5, 200, 9}),
        3 * one,
        0,
        2);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void subtractsTheMeanAlone(TestBackend tested) {
    assertScaled(
        scaled(new StandardScaler().withStd(false).fit(rows(ROWS)), tested, ROWS),
        -1,
        -100,
        0,
        0,
        0,
        0,
        1,
        100,
        0);
    double one = 1 / Math.sqrt(2.0 / 3);
    assertScaled(
        scaled(
            new StandardScaler().withMean(false).fit(rows(ROWS)), tested, new float[] {2, 100, 7}),
        2 * one,
        one,
        7);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void scalesToARange(TestBackend tested) {
    assertScaled(
        scaled(new MinMaxScaler().fit(rows(ROWS)), tested, ROWS), 0, 0, 0, 0.5, 0.5, 0, 1, 1, 0);
    assertScaled(
        scaled(new MinMaxScaler(-1, 1).fit(rows(ROWS)), tested, new float[] {1, 250, 7, 5, 0, 8}),
        -1,
        0.5,
        -1,
        3,
        -2,
        1);
  }

  /** Two channels of two images: means 2.5 and 50, whatever the pixel. */
  @ParameterizedTest
  @MethodSource("backends")
  void takesTheChannelsOfImagesAsFeatures(TestBackend tested) {
    float[] images = {1, 2, 50, 50, 3, 4, 40, 60};
    Dataset dataset = ArrayDataset.ofLabels(Shape.of(2, 1, 2), images, new int[] {0, 1}, 2);
    try (Module model =
        new StandardScaler()
            .withStd(false)
            .fit(dataset)
            .initialize(tested.backend(), Shape.of(2, 1, 2), 1)) {
      assertScaled(
          apply(model, tested.backend(), images, 2, 2, 1, 2), -1.5, -0.5, 0, 0, 0.5, 1.5, -10, 10);
    }
    try (Module model =
        new MinMaxScaler()
            .axis(-1)
            .fit(dataset)
            .initialize(tested.backend(), Shape.of(2, 1, 2), 1)) {
      // Along the last axis: columns from 1 to 50 and from 2 to 60.
      assertScaled(
          apply(model, tested.backend(), images, 2, 2, 1, 2),
          0,
          0,
          1,
          48.0 / 58,
          2.0 / 49,
          2.0 / 58,
          39.0 / 49,
          1);
    }
  }

  /** A hundred thousand with deviations of one: a sum of squares in single precision knows none. */
  @Test
  void fitsInDoublePrecision() {
    float[] inputs = new float[3 * 4096];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = 100_000 + (i / 3 % 2 == 0 ? -1 : 1);
    }
    StandardScaler scaler = new StandardScaler().fit(rows(inputs));
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = scaler.initialize(backend, Shape.of(3), 1)) {
      assertThat(scaler.center().value().toDoubleArray()).containsOnly(100_000);
      assertThat(scaler.scale().value().toDoubleArray()).containsOnly(1);
      assertThat(model.summary().parameters()).isZero();
      assertThat(model.summary().buffers()).isEqualTo(6);
    }
  }

  /** The range of a data set is all that the fit sees of the data behind it. */
  @Test
  void dataBeyondTheTrainingPartHasNoInfluence() {
    Dataset small = rows(1, 100, 7, 2, 200, 7, 3, 300, 7, 1e6f, -1e6f, 55);
    Dataset large = rows(1, 100, 7, 2, 200, 7, 3, 300, 7, -5, 5, 0);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      assertThat(scaling(backend, small.range(0, 3)))
          .isEqualTo(scaling(backend, large.range(0, 3)));
      assertThat(scaling(backend, small)).isNotEqualTo(scaling(backend, large));
    }
  }

  private static double[] scaling(Backend backend, Dataset train) {
    try (Module model = new StandardScaler().fit(train).initialize(backend, Shape.of(3), 1)) {
      return model.buffers().get(0).value().toDoubleArray();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void travelsWithTheModelAndIsNotTrained(TestBackend tested) throws Exception {
    Path file = folder.resolve("scaled.safetensors");
    float[] unseen = {1.5f, 120, 7};
    double[] expected;
    try (Module model = new Sequential(new MinMaxScaler(-1, 1).fit(rows(ROWS)), new Linear(1));
        Trainer trainer =
            Trainer.of(model)
                .backend(tested.backend())
                .loss(new MseLoss())
                .optimizer(new Sgd(0.1).momentum(0.9))
                .build()) {
      trainer.fit(rows(ROWS).batches(2), rows(unseen).batches(1), 5);
      assertThat(model.buffers().get(0).value().toDoubleArray()).containsExactly(1, 100, 7);
      expected = apply(model, tested.backend(), unseen, 1, 3);
      CheckpointFile.save(file, trainer.checkpoint());
    }
    Checkpoint checkpoint = CheckpointFile.load(file);
    try (Module loaded = Checkpoints.model(checkpoint, tested.backend())) {
      assertScaled(apply(loaded, tested.backend(), unseen, 1, 3), expected);
    }
    try (Module unfitted =
        new Sequential(new MinMaxScaler(-1, 1), new Linear(1))
            .initialize(tested.backend(), Shape.of(3), 9)) {
      Checkpoints.restore(checkpoint, unfitted);
      assertScaled(apply(unfitted, tested.backend(), unseen, 1, 3), expected);
    }
  }

  @Test
  void refusesToRunUnfitted() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = new StandardScaler().initialize(backend, Shape.of(3), 1);
        Scope scope = Scope.open()) {
      Tensor x = Tensor.zeros(backend, Shape.of(1, 3));
      assertThatThrownBy(() -> model.forward(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "StandardScaler is not fitted: call fit(train) before the model is initialized, or"
                  + " restore a checkpoint that holds its scaling");
      // Nor does a file of it pass for fitted.
      Checkpoints.restore(Checkpoints.of(model), model);
      assertThatThrownBy(() -> model.forward(x)).hasMessageContaining("is not fitted");
    }
  }

  @Test
  void settingsComeBeforeTheFit() {
    Dataset data = rows(ROWS);
    assertThatThrownBy(() -> new StandardScaler().fit(data).withMean(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("StandardScaler: withMean is set before fit(train), which goes by it");
    assertThatThrownBy(() -> new StandardScaler().fit(data).withStd(false))
        .hasMessageContaining("withStd is set before fit(train)");
    assertThatThrownBy(() -> new MinMaxScaler().fit(data).axis(0))
        .hasMessageContaining("MinMaxScaler: axis is set before fit(train)");
  }

  @Test
  void refusesToBeFittedAgainWithinAModel() {
    StandardScaler scaler = new StandardScaler();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      try (Module model = scaler.initialize(backend, Shape.of(3), 1)) {
        assertThatThrownBy(() -> scaler.fit(rows(ROWS)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("fit: this StandardScaler is part of an initialized model");
      }
      scaler.fit(rows(ROWS));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRefused(
        () -> new StandardScaler().fit(rows(1, 2, 3, 4, Float.NaN, 6)),
        "FeatureStatistics: feature 1 of sample 1 is NaN; replace or leave out what is missing");
    Dataset words = ArrayDataset.ofLabels(Shape.of(2), new int[] {1, 2}, new int[1], 1);
    assertRefused(
        () -> new StandardScaler().fit(words),
        "FeatureStatistics: needs inputs that are values, but those of shape [2] are indices");
    assertRefused(
        () -> new MinMaxScaler().fit(rows(ROWS)).summary(Shape.of(4)),
        "MinMaxScaler was fitted to 3 features, but the sample has 4 along axis 0");
    assertRefused(
        () -> new MinMaxScaler(1, -1),
        "MinMaxScaler: the range must be finite and go upwards, not from 1.0 to -1.0");
    assertRefused(() -> new StandardScaler().axis(2).fit(rows(ROWS)), "shape [3] has no axis 2");
    assertRefused(
        () -> new StandardScaler().summary(Shape.SCALAR),
        "StandardScaler: a sample that is one value has no features");
  }

  private static void assertRefused(Runnable call, String text) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
