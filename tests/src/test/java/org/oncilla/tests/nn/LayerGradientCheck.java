package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleConsumer;
import org.oncilla.backend.Backend;
import org.oncilla.nn.Module;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.tests.tensor.Draw;
import org.oncilla.tests.tensor.HostTensor;

/**
 * Compares the gradients of a layer's input and parameters with central differences, in double
 * precision. The loss is the sum of the outputs with random weights. What a layer draws in training
 * is drawn again for each evaluation.
 */
final class LayerGradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;
  private static final int ELEMENTS_TRIED = 60;

  private final LayerCase layer;
  private final Backend backend;
  private final Module model;
  private final double[] input;
  private final double[] parameters;
  private final HostTensor weights;

  private LayerGradientCheck(LayerCase layer, Backend backend, Module model) {
    this.layer = layer;
    this.backend = backend;
    this.model = model;
    this.input = layer.input().values().clone();
    this.parameters = model.parameters().values().toDoubleArray();
    this.weights = new Draw(99).values(model.outputShape().prepend(layer.input().size(0)).sizes());
  }

  static void of(LayerCase layer) {
    try (Backend backend = new ReferenceBackend();
        Module model = layer.on(backend)) {
      new LayerGradientCheck(layer, backend, model).run();
    }
  }

  private void run() {
    double[] ofInput;
    double[] ofParameters;
    model.parameters().zeroGrad();
    try (Scope scope = Scope.open()) {
      Tensor x = inputTensor();
      if (!layer.indices()) {
        x.requireGrad();
      }
      Tensor loss = loss(x);
      if (loss.requiresGrad()) {
        loss.backward();
      }
      ofInput = layer.indices() ? new double[0] : x.gradient().toDoubleArray();
      ofParameters = model.parameters().gradients().toDoubleArray();
    }
    compare("input", input, ofInput, at -> value -> input[at] = value);
    if (!model.parameters().list().isEmpty()) {
      compare("parameters", parameters, ofParameters, at -> value -> setParameter(at, value));
    }
  }

  private interface Setter {
    DoubleConsumer at(int index);
  }

  private void compare(String what, double[] values, double[] gradient, Setter setter) {
    int stride = Math.max(1, gradient.length / ELEMENTS_TRIED);
    for (int at = 0; at < gradient.length; at += stride) {
      double value = values[at];
      DoubleConsumer set = setter.at(at);
      set.accept(value + STEP);
      double above = value();
      set.accept(value - STEP);
      double below = value();
      set.accept(value);
      double expected = (above - below) / (2 * STEP);
      assertThat(gradient[at])
          .as("gradient of the %s at element %d", what, at)
          .isCloseTo(expected, within(TOLERANCE * (1 + Math.abs(expected))));
    }
  }

  private void setParameter(int at, double value) {
    parameters[at] = value;
    model.parameters().values().copyFrom(parameters);
  }

  private double value() {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      return loss(inputTensor()).item();
    }
  }

  private Tensor inputTensor() {
    return layer.inputOn(backend, new HostTensor(layer.input().sizes(), input));
  }

  private Tensor loss(Tensor x) {
    model.randomStreams().restore(LayerCase.SEED, 0);
    return model.forward(x).mul(weights.on(backend)).sum();
  }
}
