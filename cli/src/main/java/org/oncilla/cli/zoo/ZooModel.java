package org.oncilla.cli.zoo;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
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
  LENET5(ZooModel::lenet5, Shape.of(1, 28, 28), Recipe.plain(64)),

  /** A multilayer perceptron with hidden layers of 512 and 256 units. */
  MLP(ZooModel::mlp, Shape.of(1, 28, 28), Recipe.plain(128)),

  /**
   * A small relative of AlexNet (Krizhevsky, Sutskever and Hinton, 2012) for colour images of
   * 32×32: three convolutions and two linear layers, 1,664,678 parameters.
   */
  ALEXNET(ZooModel::alexnet, Shape.of(3, 32, 32), Recipe.photographs(64, 15, 0.01, 5e-4)),

  /** ResNet-20 for colour images of 32×32, with projection shortcuts: 272,474 parameters. */
  RESNET20(
      classes -> ResNet.of(3, classes),
      Shape.of(3, 32, 32),
      Recipe.photographs(128, 30, 0.1, 1e-4));

  private final IntFunction<Module> layers;
  private final Shape inputShape;
  private final Recipe recipe;

  ZooModel(IntFunction<Module> layers, Shape inputShape, Recipe recipe) {
    this.layers = layers;
    this.inputShape = inputShape;
    this.recipe = recipe;
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
    return inputShape;
  }

  /** The usual number of classes. */
  public int classes() {
    return 10;
  }

  /** How to train it, unless the user says otherwise. */
  public Recipe recipe() {
    return recipe;
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

  private static Module alexnet(int classes) {
    return new Sequential(
        new Conv2d(96, 11).stride(4).padding(5),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(256, 5).padding(2),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(384, 3).padding(1),
        new ReLU(),
        new Flatten(),
        new Linear(84),
        new ReLU(),
        new Linear(classes));
  }
}
