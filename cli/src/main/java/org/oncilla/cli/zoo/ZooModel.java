package org.oncilla.cli.zoo;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.tensor.Shape;

/** A classifier of images that is known by name, with settings that train it well. */
public enum ZooModel {
  /**
   * LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998) as it is usually taught: tanh, average
   * pooling without weights, and every feature map of the second convolution connected to all of
   * the first. The first convolution pads images of 28×28 to the 32×32 of the article: 61,706
   * parameters.
   */
  LENET5(ZooModel::lenet5, 64, 3),

  /** A multilayer perceptron with hidden layers of 512 and 256 units. */
  MLP(ZooModel::mlp, 128, 3);

  private final IntFunction<Module> layers;
  private final int batchSize;
  private final int epochs;

  ZooModel(IntFunction<Module> layers, int batchSize, int epochs) {
    this.layers = layers;
    this.batchSize = batchSize;
    this.epochs = epochs;
  }

  /** The model of that name, if there is one. */
  public static Optional<ZooModel> named(String name) {
    return Stream.of(values()).filter(model -> model.toString().equals(name)).findFirst();
  }

  /**
   * The model without weights.
   *
   * @param classes number of classes, which is the length of its output
   */
  public Module build(int classes) {
    return layers.apply(classes);
  }

  /** The shape of the images it was designed for; others that are not too small also do. */
  public Shape inputShape() {
    return Shape.of(1, 28, 28);
  }

  /** The usual number of classes. */
  public int classes() {
    return 10;
  }

  /** Samples in a batch of training, unless the user says otherwise. */
  public int batchSize() {
    return batchSize;
  }

  /** Epochs of training, unless the user says otherwise. */
  public int epochs() {
    return epochs;
  }

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Module lenet5(int classes) {
    return new Sequential(
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
        new Linear(classes));
  }

  private static Module mlp(int classes) {
    return new Sequential(
        new Flatten(),
        new Linear(512),
        new ReLU(),
        new Linear(256),
        new ReLU(),
        new Linear(classes));
  }
}
