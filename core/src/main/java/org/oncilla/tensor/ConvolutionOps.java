package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.UnaryOp;

/** Convolutions and their gradients. */
final class ConvolutionOps {
  private ConvolutionOps() {}

  static Tensor conv2d(
      Tensor x, Tensor weight, Tensor bias, Conv2dOptions options, UnaryOp activation) {
    Operands.same("conv2d", x, weight, bias);
    ConvolutionShape shape = shape(x.shape(), weight, options);
    MatmulOps.requireBias("conv2d", bias, shape.outChannels());
    Operands.requireFusable("conv2d", activation);
    Backend backend = x.backend();
    Epilogue epilogue = new Epilogue(false, bias == null ? null : bias.span(), activation);
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            Shape.of(shape.batch(), shape.outChannels(), shape.outHeight(), shape.outWidth()),
            "conv2d",
            span -> backend.convolution().forward(shape, x.span(), weight.span(), span, epilogue));
    return Node.record(
        "conv2d",
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

  private static ConvolutionShape shape(Shape x, Tensor weight, Conv2dOptions options) {
    Shape w = weight.shape();
    if (x.rank() != 4 || w.rank() != 4) {
      throw new IllegalArgumentException(
          "conv2d: needs images [N, C, H, W] and a weight [O, C/groups, kH, kW], but the shapes are "
              + x
              + " and "
              + w);
    }
    ConvolutionShape shape =
        new ConvolutionShape(
            x.size(0),
            x.size(1),
            x.size(2),
            x.size(3),
            w.size(0),
            w.size(2),
            w.size(3),
            options.strideHeight(),
            options.strideWidth(),
            options.padHeight(),
            options.padWidth(),
            options.dilationHeight(),
            options.dilationWidth(),
            options.groups());
    if (w.size(1) != shape.groupInChannels()) {
      throw new IllegalArgumentException(
          "conv2d: images of shape "
              + x
              + " in "
              + options.groups()
              + " group(s) need a weight with "
              + shape.groupInChannels()
              + " input channels, but its shape is "
              + w);
    }
    return shape;
  }
}
