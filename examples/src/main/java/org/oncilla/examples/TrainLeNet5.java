package org.oncilla.examples;

// begin
import java.nio.file.Path;
import org.oncilla.datasets.Mnist;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.ExponentialDecay;
import org.oncilla.optim.Sgd;
import org.oncilla.train.History;
import org.oncilla.train.Trainer;

/** LeNet-5 on MNIST, trained, measured and saved. */
public final class TrainLeNet5 {
  public static void main(String[] args) throws Exception {
    try (var lenet =
            new Sequential(
                new Conv2d(6, 5).padding(2),
                new Tanh(),
                new AvgPool2d(2),
                new Conv2d(16, 5),
                new Tanh(),
                new AvgPool2d(2),
                new Conv2d(120, 5),
                new Tanh(),
                new Flatten(),
                new Linear(84),
                new Tanh(),
                new Linear(10));
        var trainer =
            Trainer.of(lenet)
                .loss(new CrossEntropyLoss())
                .optimizer(new Sgd(0.05).momentum(0.9))
                .schedule(new ExponentialDecay(0.05, 0.7))
                .metrics(new Accuracy())
                .seed(42)
                .build()) {
      History history =
          trainer.fit(Mnist.train().shuffled(42).batches(64), Mnist.test().batches(256), 3);
      System.out.println(lenet.summary());
      System.out.println("test accuracy " + history.last().validation().metrics().get("accuracy"));
      CheckpointFile.save(Path.of("lenet5.safetensors"), trainer.checkpoint());
    }
  }
}
// end
