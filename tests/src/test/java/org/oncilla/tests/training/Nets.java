package org.oncilla.tests.training;

import java.util.function.Supplier;
import org.oncilla.backend.Backend;
import org.oncilla.data.Dataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.BatchNorm1d;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.GroupNorm;
import org.oncilla.nn.LayerNorm;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Adam;
import org.oncilla.optim.Optimizer;
import org.oncilla.tests.Digits;
import org.oncilla.train.Trainer;

/** Small networks for the 8×8 digits, and their training. */
final class Nets {
  static final long SEED = 7;

  private Nets() {}

  /** Each kind of layer once: convolution with and without bias, both poolings, dropout, … */
  static Module convolutional() {
    return new Sequential(
        new Conv2d(6, 3).padding(1),
        new Tanh(),
        new AvgPool2d(2),
        new Conv2d(8, 3).padding(1).groups(2).bias(false),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Dropout(0.2),
        new Linear(24),
        new Tanh(),
        new Linear(10));
  }

  /** Each kind of normalization once, with buffers that move in training. */
  static Module normalized() {
    return new Sequential(
        new Conv2d(6, 3).padding(1).bias(false),
        new BatchNorm2d(),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(8, 3).padding(1),
        new GroupNorm(2),
        new ReLU(),
        new Flatten(),
        new Linear(24),
        new BatchNorm1d().momentum(0.2),
        new Tanh(),
        new LayerNorm(),
        new Linear(10));
  }

  /** The first samples in a random order. */
  static Dataset digits(int samples) {
    return Digits.train().range(0, samples).shuffled(SEED);
  }

  static Trainer.Builder trainer(Module model, Backend backend) {
    return trainer(model, backend, () -> new Adam(3e-3));
  }

  static Trainer.Builder trainer(Module model, Backend backend, Supplier<Optimizer> optimizer) {
    return Trainer.of(model)
        .backend(backend)
        .seed(SEED)
        .loss(new CrossEntropyLoss())
        .optimizer(optimizer.get())
        .metrics(new Accuracy());
  }
}
