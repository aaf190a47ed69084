package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Augmentations;
import org.oncilla.data.Dataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.HuberLoss;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Reduction;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Graph;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Evaluation;
import org.oncilla.train.LayerStatistics;

/** What models, data sets, optimizers and results look like when they are printed. */
class TextTest {
  @Test
  void modelsTellTheirLayersAndSettings() {
    Module model =
        new Sequential(
            new Residual(new Sequential(new Conv2d(8, 3).samePadding(), new ReLU())),
            new Flatten(),
            Graph.builder().apply("head", new Linear(10), Graph.INPUT).build("head"));
    assertThat(model)
        .hasToString(
            """
            Sequential(
              (0) Residual(
                (body) Sequential(
                  (0) Conv2d(bias=true, dilation=1, groups=1, kernelSize=3, outChannels=8, \
            padding=same, stride=1)
                  (1) ReLU()
                )
              )
              (1) Flatten()
              (2) Graph(nodes=[[head, apply, input]], output=head
                (head) Linear(bias=true, outFeatures=10)
              )
            )""");
  }

  @Test
  void dataSetsReadAsTheyAreMade() {
    Dataset images =
        ArrayDataset.ofLabels(Shape.of(1, 2, 2), new float[16], new int[] {0, 1, 2, 0}, 3);
    String whole = "ArrayDataset(4 samples of [1, 2, 2], 3 classes)";
    assertThat(images).hasToString(whole);
    assertThat(images.shuffled(42).range(1, 4).batches(2).dropLast())
        .hasToString(whole + ".shuffled(42).range(1, 4).batches(2).dropLast()");
    assertThat(images.subset(2, 0).augmented(7, Augmentations.horizontalFlip(0.5)))
        .hasToString(whole + ".subset(2 samples).augmented(7, 1 augmentations)");
    assertThat(images.mixup(3, 0.2)).hasToString(whole + ".withTargets([3]).mixup(3, 0.2)");
    assertThat(images.split(0.5, 1).train()).hasToString(whole + ".part(2 samples)");
    assertThat(ArrayDataset.ofTargets(Shape.of(2), new int[4], Shape.of(1), new float[2]))
        .hasToString("ArrayDataset(2 samples of indices [2], targets [1])");
  }

  @Test
  void lossesAndOptimizersTellTheirSettings() {
    assertThat(new MseLoss().toString()).startsWith("MseLoss(reduction=mean");
    assertThat(new HuberLoss(0.5, Reduction.SUM, 2))
        .hasToString("HuberLoss(reduction=sum, scale=2.0, delta=0.5)");
    assertThat(new CrossEntropyLoss().labelSmoothing(0.1).classWeights(1, 2))
        .hasToString(
            "CrossEntropyLoss(reduction=mean, classWeights=[1.0, 2.0], labelSmoothing=0.1)");
    try (Sgd optimizer = new Sgd(0.1)) {
      optimizer.momentum(0.9).weightDecay(1e-4);
      assertThat(optimizer)
          .hasToString(
              "Sgd(learning_rate=0.1, momentum=0.9, dampening=0.0, nesterov=false,"
                  + " velocity_from_zero=false, weight_decay=1.0E-4)");
    }
  }

  /** A tensor's values are not read for its text: that would wait for the device. */
  @Test
  void tensorsTellTheirShapeTypeAndDevice() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Tensor x = Tensor.zeros(backend, Shape.of(2, 3));
      String open = "Tensor[2, 3] " + x.type() + " on " + backend.name();
      assertThat(x).hasToString(open);
      x.close();
      assertThat(x).hasToString(open + ", closed");
    }
  }

  @Test
  void resultsAreRoundedAndLeaveOutWhatIsNot() {
    Evaluation training = new Evaluation(0.123456789, Map.of("accuracy", 0.987654321), 60);
    Evaluation validation = new Evaluation(0.2, Map.of("accuracy", 0.9), 10);
    assertThat(training).hasToString("loss 0.1235  accuracy 0.9877  (60 samples)");
    assertThat(new EpochResult(3, training, validation, 1.26))
        .hasToString("epoch 3  loss 0.1235  validation loss 0.2000  accuracy 0.9000  (1.3 s)");
    assertThat(new EpochResult(3, training, null, 1.26))
        .hasToString("epoch 3  loss 0.1235  accuracy 0.9877  (1.3 s)");
    assertThat(new LayerStatistics("1", "ReLU", Double.NaN, Double.NaN, 0.25))
        .hasToString("1 ReLU  output RMS 0.2500");
    assertThat(new LayerStatistics("0", "Linear", 0.5, 2, Double.NaN))
        .hasToString("0 Linear  gradient norm 0.5000  weight norm 2.000");
  }
}
