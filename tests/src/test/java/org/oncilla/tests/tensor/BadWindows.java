package org.oncilla.tests.tensor;

import static org.oncilla.tests.tensor.BadInputTest.bad;
import static org.oncilla.tests.tensor.BadInputTest.ints;
import static org.oncilla.tests.tensor.BadInputTest.t;

import java.util.function.Function;
import java.util.stream.Stream;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv1dOptions;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.ConvTranspose2dOptions;
import org.oncilla.tensor.Interpolation;
import org.oncilla.tensor.Pool1dOptions;
import org.oncilla.tensor.Pool2dOptions;
import org.oncilla.tests.tensor.BadInputTest.BadCall;

/** What convolutions, poolings and resampling refuse. */
final class BadWindows {
  private BadWindows() {}

  static Stream<BadCall> all() {
    return Stream.of(images(), transposedConvolutions(), sequences(), resampling())
        .flatMap(Function.identity());
  }

  private static Stream<BadCall> images() {
    Conv2dOptions plain = Conv2dOptions.DEFAULT;
    return Stream.of(
        bad(
            "conv2d of a matrix",
            b -> t(b, 2, 3).conv2d(t(b, 4, 3), null, plain),
            "conv2d: needs images [N, C, H, W] and a weight [O, C/groups, kH, kW]",
            "[2, 3] and [4, 3]"),
        bad(
            "conv2d with a kernel larger than the padded input",
            b -> t(b, 1, 1, 4, 9).conv2d(t(b, 1, 1, 7, 7), null, plain.padding(1)),
            "conv2d: a kernel of height 7 does not fit the padded input of height 6 (4 + 2*1)",
            "use a smaller kernel or more padding"),
        bad(
            "conv2d with a dilated kernel larger than the input",
            b -> t(b, 1, 1, 9, 4).conv2d(t(b, 1, 1, 3, 3), null, plain.dilation(2)),
            "conv2d: a kernel of width 5 (3 dilated by 2) does not fit",
            "width 4"),
        bad(
            "conv2d with other channels",
            b -> t(b, 1, 3, 8, 8).conv2d(t(b, 4, 2, 3, 3), null, plain),
            "conv2d: images of shape [1, 3, 8, 8] in 1 group(s)",
            "3 input channels",
            "[4, 2, 3, 3]"),
        bad(
            "conv2d with groups that do not divide",
            b -> t(b, 1, 3, 8, 8).conv2d(t(b, 4, 1, 3, 3), null, plain.groups(2)),
            "conv2d: groups 2 must divide the 3 input channels and the 4 output channels"),
        bad(
            "conv2d with a stride of 0",
            b -> t(b, 1, 3, 8, 8).conv2d(t(b, 4, 3, 3, 3), null, plain.stride(0)),
            "conv2d: stride and dilation must be at least 1",
            "stride 0"),
        bad(
            "conv2d with a bias of another length",
            b -> t(b, 1, 3, 8, 8).conv2d(t(b, 4, 3, 3, 3), t(b, 3), plain),
            "conv2d: the bias has shape [3], but there are 4 outputs"),
        bad(
            "conv2d with an activation that cannot be fused",
            b -> t(b, 1, 1, 3, 3).conv2d(t(b, 1, 1, 2, 2), null, plain, UnaryOp.SQRT),
            "conv2d: cannot fuse the activation SQRT",
            "on the result"),
        bad(
            "maxPool2d of a matrix",
            b -> t(b, 4, 4).maxPool2d(Pool2dOptions.of(2)),
            "maxPool2d: the input must be [N, C, H, W], but has shape [4, 4]"),
        bad(
            "maxPool2d with a window larger than the input",
            b -> t(b, 1, 1, 2, 5).maxPool2d(Pool2dOptions.of(3)),
            "pool2d: a kernel of height 3 does not fit the padded input of height 2"),
        bad(
            "avgPool2d of a vector",
            b -> t(b, 4).avgPool2d(Pool2dOptions.of(2)),
            "avgPool2d: the input must be [N, C, H, W], but has shape [4]"),
        bad(
            "avgPool2d with windows of padding alone",
            b -> t(b, 1, 1, 5, 5).avgPool2d(Pool2dOptions.of(2).padding(2)),
            "padding 2x2 is more than half of the window 2x2"));
  }

  private static Stream<BadCall> transposedConvolutions() {
    ConvTranspose2dOptions plain = ConvTranspose2dOptions.DEFAULT;
    return Stream.of(
        bad(
            "convTranspose2d of a matrix",
            b -> t(b, 2, 3).convTranspose2d(t(b, 4, 3), null, plain),
            "convTranspose2d: needs images [N, C, H, W] and a weight [C, O/groups, kH, kW]",
            "[2, 3] and [4, 3]"),
        bad(
            "convTranspose2d with other channels",
            b -> t(b, 1, 3, 4, 4).convTranspose2d(t(b, 2, 3, 3, 3), null, plain),
            "convTranspose2d: images of shape [1, 3, 4, 4] need a weight of 3 input channels, its"
                + " first axis, but its shape is [2, 3, 3, 3]"),
        bad(
            "convTranspose2d with groups that do not divide",
            b -> t(b, 1, 3, 4, 4).convTranspose2d(t(b, 3, 1, 3, 3), null, plain.groups(2)),
            "convTranspose2d: groups 2 must divide the 3 input channels and the 2 output channels"),
        bad(
            "convTranspose2d with an output padding of the stride",
            b ->
                t(b, 1, 1, 4, 4)
                    .convTranspose2d(t(b, 1, 1, 3, 3), null, plain.stride(2).outputPadding(0, 2)),
            "convTranspose2d: the output padding must be at least 0 and less than the stride, but"
                + " width has output padding 2 and stride 2"),
        bad(
            "convTranspose2d with a negative output padding",
            b -> t(b, 1, 1, 4, 4).convTranspose2d(t(b, 1, 1, 3, 3), null, plain.outputPadding(-1)),
            "height has output padding -1 and stride 1"),
        bad(
            "convTranspose2d whose padding cuts everything off",
            b -> t(b, 1, 1, 2, 9).convTranspose2d(t(b, 1, 1, 3, 3), null, plain.padding(2)),
            "convTranspose2d: an input of height 2 with a kernel of 3, stride 1 and padding 2 would"
                + " give an output of height 0; use less padding"),
        bad(
            "convTranspose2d with a negative padding",
            b -> t(b, 1, 1, 4, 4).convTranspose2d(t(b, 1, 1, 3, 3), null, plain.padding(-1)),
            "convTranspose2d: stride and dilation must be at least 1",
            "padding -1"),
        bad(
            "convTranspose2d with a bias of another length",
            b -> t(b, 1, 2, 4, 4).convTranspose2d(t(b, 2, 3, 3, 3), t(b, 2), plain),
            "convTranspose2d: the bias has shape [2], but there are 3 outputs"),
        bad(
            "convTranspose2d with an activation that cannot be fused",
            b -> t(b, 1, 1, 3, 3).convTranspose2d(t(b, 1, 1, 2, 2), null, plain, UnaryOp.EXP),
            "convTranspose2d: cannot fuse the activation EXP"));
  }

  private static Stream<BadCall> sequences() {
    Conv1dOptions plain = Conv1dOptions.DEFAULT;
    return Stream.of(
        bad(
            "conv1d of images",
            b -> t(b, 1, 1, 4, 4).conv1d(t(b, 1, 1, 3), null, plain),
            "conv1d: needs sequences [N, C, L] and a weight [O, C/groups, k]",
            "[1, 1, 4, 4] and [1, 1, 3]"),
        bad(
            "conv1d with a kernel longer than the padded input",
            b -> t(b, 1, 2, 4).conv1d(t(b, 3, 2, 7), null, plain.padding(1)),
            "conv1d: a kernel of length 7 does not fit the padded input of length 6 (4 + 2*1)"),
        bad(
            "conv1d with groups that do not divide",
            b -> t(b, 1, 3, 8).conv1d(t(b, 4, 1, 3), null, plain.groups(2)),
            "conv1d: groups 2 must divide the 3 input channels and the 4 output channels"),
        bad(
            "conv1d with other channels",
            b -> t(b, 1, 3, 8).conv1d(t(b, 4, 2, 3), null, plain),
            "conv1d: sequences of shape [1, 3, 8] in 1 group(s) need a weight with 3 input"),
        bad(
            "conv1d with a bias of another length",
            b -> t(b, 1, 3, 8).conv1d(t(b, 4, 3, 3), t(b, 3), plain),
            "conv1d: the bias has shape [3], but there are 4 outputs"),
        bad(
            "maxPool1d of images",
            b -> t(b, 1, 1, 4, 4).maxPool1d(Pool1dOptions.of(2)),
            "maxPool1d: the input must be [N, C, L], but has shape [1, 1, 4, 4]"),
        bad(
            "avgPool1d with a window longer than the input",
            b -> t(b, 1, 1, 2).avgPool1d(Pool1dOptions.of(3)),
            "pool1d: a kernel of length 3 does not fit the padded input of length 2 (2 + 2*0)"),
        bad(
            "maxPool1d with windows of padding alone",
            b -> t(b, 1, 1, 5).maxPool1d(Pool1dOptions.of(2).padding(2)),
            "pool1d: padding 2 is more than half of the window 2"));
  }

  private static Stream<BadCall> resampling() {
    return Stream.of(
        bad(
            "pad by a negative width",
            b -> t(b, 1, 1, 4, 4).pad(1, -1),
            "pad: [1, -1] has a negative width; slice cuts elements off"),
        bad(
            "pad by half a pair",
            b -> t(b, 4, 4).pad(1, 1, 2),
            "pad: [1, 1, 2] are no pairs (before, after) for axes of shape [4, 4], the last axis"),
        bad("pad more axes than there are", b -> t(b, 4).pad(1, 1, 1, 1), "axes of shape [4]"),
        bad("pad indices", b -> ints(b).pad(1, 1), "pad: needs values"),
        bad(
            "upsample a matrix",
            b -> t(b, 4, 4).upsample(2, 2, Interpolation.NEAREST),
            "upsample: the input must be [N, C, H, W], but has shape [4, 4]"),
        bad(
            "upsample by 0",
            b -> t(b, 1, 1, 4, 4).upsample(2, 0, Interpolation.BILINEAR),
            "upsample: the factors must be at least 1, not 2 and 0"),
        bad(
            "adaptiveAvgPool2d of sequences",
            b -> t(b, 1, 4, 4).adaptiveAvgPool2d(1, 1),
            "adaptiveAvgPool2d: the input must be [N, C, H, W], but has shape [1, 4, 4]"),
        bad(
            "adaptiveAvgPool2d to nothing",
            b -> t(b, 1, 1, 4, 4).adaptiveAvgPool2d(2, 0),
            "adaptiveAvgPool2d: the output size must be at least 1, not 0"),
        bad(
            "adaptiveAvgPool1d of images",
            b -> t(b, 1, 1, 4, 4).adaptiveAvgPool1d(2),
            "adaptiveAvgPool1d: the input must be [N, C, L], but has shape [1, 1, 4, 4]"),
        bad(
            "adaptiveAvgPool1d to a negative length",
            b -> t(b, 1, 1, 4).adaptiveAvgPool1d(-3),
            "adaptiveAvgPool1d: the output size must be at least 1, not -3"));
  }
}
