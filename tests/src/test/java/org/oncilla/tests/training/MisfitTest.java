package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Dataset;
import org.oncilla.loss.BceLoss;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.loss.CategoricalCrossEntropyLoss;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.HingeLoss;
import org.oncilla.loss.KlDivergenceLoss;
import org.oncilla.loss.Loss;
import org.oncilla.loss.MseLoss;
import org.oncilla.nn.Concat;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Graph;
import org.oncilla.nn.HardSigmoid;
import org.oncilla.nn.Linear;
import org.oncilla.nn.LogSoftmax;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Softmax;
import org.oncilla.nn.Softplus;
import org.oncilla.optim.LearningRateSchedule;
import org.oncilla.optim.OneCycle;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.Digits;
import org.oncilla.tests.LogCapture;
import org.oncilla.tests.TestBackends;
import org.oncilla.train.Evaluator;
import org.oncilla.train.Trainer;

/** Models, losses, data and rates that each make sense, but not with one another. */
class MisfitTest {
  private static final String TRAIN = "org.oncilla.train";
  private static final String LEAVE_OUT =
      "; leave that layer out, and apply it to predictions alone";
  private static final String BOUND =
      "; end it in Sigmoid or Softmax, or leave it and train with a loss of logits, such as"
          + " BceWithLogitsLoss";

  private final Backend backend = TestBackends.present().get(0).backend();

  static Stream<Arguments> misfits() {
    String logits = " takes logits, which may be any numbers, but the model ends in ";
    String probabilities = "BceLoss takes probabilities, but the model ends in ";
    String logarithms =
        "KlDivergenceLoss takes logarithms of probabilities, but the model ends in ";
    return Stream.of(
        Arguments.of(
            new Sequential(new Linear(3), new Softmax()),
            new CrossEntropyLoss(),
            "CrossEntropyLoss" + logits + "Softmax" + LEAVE_OUT),
        Arguments.of(
            new Sequential(new Linear(3), new LogSoftmax()),
            new CategoricalCrossEntropyLoss(),
            "CategoricalCrossEntropyLoss" + logits + "LogSoftmax" + LEAVE_OUT),
        Arguments.of(
            new Sequential(new ReLU(), new Sequential(new Linear(3), new Sigmoid())),
            new BceWithLogitsLoss(),
            "BceWithLogitsLoss" + logits + "Sigmoid" + LEAVE_OUT),
        Arguments.of(
            Graph.builder()
                .apply("end", new HardSigmoid(), "begin")
                .apply("begin", new Linear(3), Graph.INPUT)
                .build("end"),
            new HingeLoss(),
            "HingeLoss" + logits + "HardSigmoid" + LEAVE_OUT),
        Arguments.of(new Linear(3), new BceLoss(), probabilities + "Linear" + BOUND),
        Arguments.of(
            new Sequential(new Linear(3), new Softplus()),
            new BceLoss(),
            probabilities + "Softplus" + BOUND),
        Arguments.of(
            new Sequential(new Linear(3), new LogSoftmax()),
            new BceLoss(),
            probabilities + "LogSoftmax" + BOUND),
        Arguments.of(
            new Linear(3), new KlDivergenceLoss(), logarithms + "Linear; end it in LogSoftmax"),
        Arguments.of(
            new Sequential(new Linear(3), new Softmax()),
            new KlDivergenceLoss(),
            logarithms + "Softmax; end it in LogSoftmax"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void warnsOfAModelWhoseEndIsNotWhatTheLossTakes(Module model, Loss loss, String warning) {
    assertThat(warnings(model, loss)).containsExactly(warning);
  }

  static Stream<Arguments> fits() {
    Module sigmoid = new Sequential(new Linear(3), new Sigmoid());
    return Stream.of(
        Arguments.of(new Linear(3), new CrossEntropyLoss()),
        Arguments.of(new Sequential(new Linear(3), new ReLU()), new BceWithLogitsLoss()),
        Arguments.of(sigmoid, new BceLoss()),
        Arguments.of(new Sequential(new Linear(3), new Softmax()), new BceLoss()),
        Arguments.of(new Sequential(new Linear(3), new LogSoftmax()), new KlDivergenceLoss()),
        Arguments.of(new Sequential(new Linear(3), new Softmax()), new MseLoss()),
        Arguments.of(new Linear(3), (Loss) (x, t) -> x.sub(t).square().mean()),
        // A sum or several branches: what comes out is no module's alone.
        Arguments.of(new Residual(sequential(new Softmax())), new CrossEntropyLoss()),
        Arguments.of(new Concat(sequential(new Sigmoid()), new Linear(1)), new BceLoss()),
        // What a reshaping layer passes on is not looked at.
        Arguments.of(new Sequential(new Linear(3), new Flatten()), new BceLoss()));
  }

  private static Module sequential(Module end) {
    return new Sequential(new Linear(2), end);
  }

  @ParameterizedTest
  @MethodSource("fits")
  void saysNothingOfWhatFits(Module model, Loss loss) {
    assertThat(warnings(model, loss)).isEmpty();
  }

  private List<String> warnings(Module model, Loss loss) {
    try (LogCapture log = new LogCapture(TRAIN);
        model) {
      model.initialize(backend, Shape.of(2), 1);
      new Evaluator(model, loss, List.of()).close();
      return log.warnings();
    }
  }

  @Test
  void aTrainingWarnsOnce() {
    try (LogCapture log = new LogCapture(TRAIN);
        Module model = new Sequential(new Flatten(), new Linear(10), new Softmax());
        Trainer trainer = trainer(model, new CrossEntropyLoss(), null)) {
      trainer.fit(digits().batches(16), digits().batches(16), 2);
      trainer.evaluate(digits().batches(16));
      trainer.fit(digits().batches(16), digits().batches(16), 3);
      assertThat(log.warnings()).hasSize(1);
    }
  }

  @Test
  void refusesFewerOutputsThanClassesBeforeTheFirstStep() {
    String text =
        "CrossEntropyLoss: the data set has 10 classes, but the model's output of shape [9] tells 9"
            + " apart; end the model with one output a class, such as Linear(10)";
    try (Module model = new Sequential(new Flatten(), new Linear(9));
        Trainer trainer = trainer(model, new CrossEntropyLoss(), null)) {
      assertThatThrownBy(() -> trainer.fit(digits().batches(16), null, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
      assertThatThrownBy(() -> trainer.evaluate(digits().batches(16))).hasMessage(text);
      assertThatThrownBy(() -> trainer.fit(fewClasses(9).batches(2), digits().batches(16), 1))
          .as("of the validation data")
          .hasMessage(text);
      assertThat(trainer.optimizer().steps()).isZero();
      try (Evaluator evaluator = new Evaluator(model, new CrossEntropyLoss(), List.of())) {
        assertThatThrownBy(() -> evaluator.evaluate(digits().batches(16))).hasMessage(text);
      }
    }
  }

  private static Dataset fewClasses(int classes) {
    return ArrayDataset.ofLabels(Shape.of(1, 8, 8), new float[2 * 64], new int[] {0, 1}, classes);
  }

  @Test
  void allowsMoreOutputsThanClassesAndAClassThatIsIgnored() {
    try (Module model = new Sequential(new Flatten(), new Linear(12));
        Trainer trainer = trainer(model, new CrossEntropyLoss(), null)) {
      trainer.fit(digits().batches(16), null, 1);
      assertThat(trainer.optimizer().steps()).isPositive();
    }
    Shape places = Shape.of(21, 4, 4);
    new CrossEntropyLoss().ignoreIndex(255).requireFits(places, 256);
    assertThatThrownBy(() -> new CrossEntropyLoss().ignoreIndex(-100).requireFits(places, 256))
        .hasMessageContaining("the data set has 256 classes, but the model's output of shape");
    new MseLoss().requireFits(Shape.of(1), 10);
  }

  /** Also for pixel labels: the first axis of a sample's output is that of the classes. */
  @Test
  void countsTheChannelsOfAModelOfImages() {
    int[] labels = new int[2];
    Dataset data = ArrayDataset.ofLabels(Shape.of(1, 1, 1), new float[2], labels, 4);
    try (Module model = new Conv2d(3, 1);
        Trainer trainer = trainer(model, new CrossEntropyLoss(), null)) {
      assertThatThrownBy(() -> trainer.fit(data.batches(2), null, 1))
          .hasMessageContaining("the model's output of shape [3, 1, 1] tells 3 apart");
    }
  }

  @Test
  void refusesATargetThatTheLossHasNoMeaningFor() {
    String text = "BceWithLogitsLoss: the target 2.0 (value 1 of a batch) is not in [0.0, 1.0]; ";
    Dataset data =
        ArrayDataset.ofTargets(Shape.of(1), new float[3], Shape.of(1), new float[] {0, 2, 1});
    try (Module model = new Linear(1);
        Trainer trainer = trainer(model, new BceWithLogitsLoss(), null)) {
      assertThatThrownBy(() -> trainer.fit(data.batches(3), null, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(text);
      assertThat(trainer.optimizer().steps()).isZero();
      assertThatThrownBy(() -> trainer.evaluate(data.batches(3))).hasMessageStartingWith(text);
    }
  }

  /** The host's arrays have room for a whole batch; the last batch of an epoch may be smaller. */
  @Test
  void looksAtTheTargetsOfABatchOnly() {
    Dataset scores =
        ArrayDataset.ofTargets(Shape.of(1), new float[3], Shape.of(1), new float[] {1, -1, 1});
    try (Module model = new Linear(1);
        Trainer trainer = trainer(model, new HingeLoss(), null)) {
      trainer.fit(scores.batches(2), null, 1);
      assertThat(trainer.optimizer().steps()).isEqualTo(2);
    }
  }

  @Test
  void tellsThatAScheduleReplacesTheOptimizersRate() {
    assertThat(told(new OneCycle(0.001, 1)))
        .containsExactly(
            "the learning rate is the schedule's and begins with 4.0E-5; the optimizer's own of 0.5"
                + " is not used");
    assertThat(told(time -> 0.5)).isEmpty();
    assertThat(told(null)).isEmpty();
  }

  private List<String> told(LearningRateSchedule schedule) {
    try (LogCapture log = new LogCapture(TRAIN);
        Module model = new Sequential(new Flatten(), new Linear(10));
        Trainer trainer = trainer(model, new CrossEntropyLoss(), schedule)) {
      trainer.fit(digits().batches(16), null, 1);
      return log.informations();
    }
  }

  private Trainer trainer(Module model, Loss loss, LearningRateSchedule schedule) {
    Trainer.Builder builder = Trainer.of(model).backend(backend).loss(loss).optimizer(new Sgd(0.5));
    return (schedule == null ? builder : builder.schedule(schedule)).build();
  }

  private static Dataset digits() {
    return Digits.train().range(0, 32);
  }
}
