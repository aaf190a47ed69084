package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/** Convolutions and their gradients. */
final class ConvolutionOps {
  private ConvolutionOps() {}

  static Tensor conv2d(
      Tensor x, Tensor weight, Tensor bias, Conv2dOptions options, UnaryOp activation) {
    Operands.same("conv2d", x, weight, bias);
    requireRanks("conv2d", x, "images [N, C, H, W]", weight, "[O, C/groups, kH, kW]", 4);
    Shape w = weight.shape();
    ConvolutionShape shape = options.convolution(x.shape(), w.size(0), w.size(2), w.size(3));
    requireInChannels("conv2d", "images", x, weight, shape);
    Shape result =
        Shape.of(shape.batch(), shape.outChannels(), shape.outHeight(), shape.outWidth());
    return convolve("conv2d", shape, result, x, weight, bias, activation);
  }

  static Tensor conv1d(
      Tensor x, Tensor weight, Tensor bias, Conv1dOptions options, UnaryOp activation) {
    Operands.same("conv1d", x, weight, bias);
    requireRanks("conv1d", x, "sequences [N, C, L]", weight, "[O, C/groups, k]", 3);
    Shape w = weight.shape();
    ConvolutionShape shape = options.convolution(x.shape(), w.size(0), w.size(2));
    requireInChannels("conv1d", "sequences", x, weight, shape);
    Shape result = Shape.of(shape.batch(), shape.outChannels(), shape.outWidth());
    return convolve("conv1d", shape, result, x, weight, bias, activation);
  }

  private static Tensor convolve(
      String name,
      ConvolutionShape shape,
      Shape result,
      Tensor x,
      Tensor weight,
      Tensor bias,
      UnaryOp activation) {
    MatmulOps.requireBias(name, bias, shape.outChannels());
    Operands.requireFusable(name, activation);
    Backend backend = x.backend();
    Epilogue epilogue = new Epilogue(false, bias == null ? null : bias.span(), activation);
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            result,
            name,
            span -> backend.convolution().forward(shape, x.span(), weight.span(), span, epilogue));
    return Node.record(
        name,
        y,
        new Tensor[] {x, weight, bias},
        ElementwiseOps.savedBy(activation, y, x, weight),
        (dy, node) -> {
          try (Tensor dz = ElementwiseOps.beforeActivation(activation, dy, node, 2)) {
            gradients(backend, shape, dz, node);
          }
        });
  }

  private static void gradients(Backend backend, ConvolutionShape shape, Tensor dz, Node node) {
    node.into(
        0,
        (dx, add) ->
            backend.convolution().backwardInput(shape, dz.span(), node.saved(1).span(), dx, add));
    node.into(
        1,
        (dw, add) ->
            backend.convolution().backwardWeight(shape, node.saved(0).span(), dz.span(), dw, add));
    node.into(2, (db, add) -> backend.convolution().backwardBias(shape, dz.span(), db, add));
  }

  static Tensor convTranspose2d(
      Tensor x, Tensor weight, Tensor bias, ConvTranspose2dOptions options, UnaryOp activation) {
    String name = "convTranspose2d";
    Operands.same(name, x, weight, bias);
    requireRanks(name, x, "images [N, C, H, W]", weight, "[C, O/groups, kH, kW]", 4);
    Shape w = weight.shape();
    if (w.size(0) != x.shape().size(1)) {
      throw new IllegalArgumentException(
          name
              + ": images of shape "
              + x.shape()
              + " need a weight of "
              + x.shape().size(1)
              + " input channels, its first axis, but its shape is "
              + w);
    }
    int channels = Math.multiplyExact(w.size(1), options.groups());
    ConvolutionShape shape = options.convolution(x.shape(), channels, w.size(2), w.size(3));
    MatmulOps.requireBias(name, bias, channels);
    Operands.requireFusable(name, activation);
    Backend backend = x.backend();
    Shape result = Shape.of(shape.batch(), channels, shape.inHeight(), shape.inWidth());
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            result,
            name,
            span -> spread(shape, result, x, weight, bias, activation, span));
    return Node.record(
        name,
        y,
        new Tensor[] {x, weight, bias},
        ElementwiseOps.savedBy(activation, y, x, weight),
        (dy, node) -> {
          try (Tensor dz = ElementwiseOps.beforeActivation(activation, dy, node, 2)) {
            gatheredGradients(backend, shape, dz, node);
          }
        });
  }

  /** The gradient of a convolution's input, with a bias and an activation. */
  private static void spread(
      ConvolutionShape shape,
      Shape result,
      Tensor x,
      Tensor weight,
      Tensor bias,
      UnaryOp activation,
      Span y) {
    Backend backend = x.backend();
    if (bias != null) {
      try (Tensor perChannel = bias.alias(Shape.of(result.size(1), 1, 1))) {
        IndexingOps.stretch(perChannel, result, y, false);
      }
    }
    backend.convolution().backwardInput(shape, x.span(), weight.span(), y, bias != null);
    ElementwiseOps.activate(backend, activation, y);
  }

  /** As {@link #gradients} with input and output in each other's place. */
  private static void gatheredGradients(
      Backend backend, ConvolutionShape shape, Tensor dz, Node node) {
    node.into(
        0,
        (dx, add) ->
            backend
                .convolution()
                .forward(shape, dz.span(), node.saved(1).span(), dx, Epilogue.accumulate(add)));
    node.into(
        1,
        (dw, add) ->
            backend.convolution().backwardWeight(shape, dz.span(), node.saved(0).span(), dw, add));
    node.into(
        2,
        (db, add) ->
            ReductionOps.sumTo(dz, dz.shape(), Shape.of(shape.inChannels(), 1, 1), 1, db, add));
  }

  private static void requireRanks(
      String name, Tensor x, String inputs, Tensor weight, String weights, int rank) {
    if (x.shape().rank() != rank || weight.shape().rank() != rank) {
      throw new IllegalArgumentException(
          name
              + ": needs "
              + inputs
              + " and a weight "
              + weights
              + ", but the shapes are "
              + x.shape()
              + " and "
              + weight.shape());
    }
  }

  private static void requireInChannels(
      String name, String inputs, Tensor x, Tensor weight, ConvolutionShape shape) {
    if (weight.shape().size(1) != shape.groupInChannels()) {
      throw new IllegalArgumentException(
          name
              + ": "
              + inputs
              + " of shape "
              + x.shape()
              + " in "
              + shape.groups()
              + " group(s) need a weight with "
              + shape.groupInChannels()
              + " input channels, but its shape is "
              + weight.shape());
    }
  }
}
