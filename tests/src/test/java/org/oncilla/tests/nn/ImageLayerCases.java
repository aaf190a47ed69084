package org.oncilla.tests.nn;

import java.util.List;
import java.util.stream.Stream;
import org.oncilla.nn.AdaptiveAvgPool1d;
import org.oncilla.nn.AdaptiveAvgPool2d;
import org.oncilla.nn.AvgPool1d;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.GlobalAvgPool2d;
import org.oncilla.nn.MaxPool1d;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Reshape;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.nn.Upsample;
import org.oncilla.nn.ZeroPad2d;
import org.oncilla.tensor.Interpolation;
import org.oncilla.tensor.Pool1dOptions;
import org.oncilla.tensor.Pool2dOptions;

/** Layers of images [N, C, H, W] and sequences [N, C, L]. */
final class ImageLayerCases {
  private ImageLayerCases() {}

  static List<LayerCase> all() {
    return Stream.of(convolutions(), poolings(), sizes()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> convolutions() {
    Pool2dOptions flat = Pool2dOptions.of(3, 1).stride(1, 2).padding(1, 0);
    return List.of(
        LayerCase.of("rectangular conv2d", ImageLayerCases::rectangular, 2, 4, 6, 5),
        LayerCase.of("same conv2d", () -> new Conv2d(2, 3).samePadding(), 2, 3, 4, 5),
        LayerCase.of(
            "same conv2d of even kernels",
            () -> new Conv2d(2, 2, 4).dilation(1, 3).samePadding(),
            2,
            1,
            4,
            5),
        LayerCase.of("depthwise conv2d", () -> Conv2d.depthwise(3, 2, 3), 2, 3, 5, 4),
        LayerCase.of("conv1d", () -> new Conv1d(3, 3), 2, 2, 7),
        LayerCase.of(
            "strided conv1d",
            () -> new Conv1d(4, 3).stride(2).padding(3).dilation(2).groups(2).bias(false),
            3,
            2,
            7),
        LayerCase.of("same conv1d", () -> new Conv1d(2, 4).samePadding(), 2, 3, 6),
        LayerCase.of(
            "conv1d that folds", () -> new Sequential(new Conv1d(2, 3), new Tanh()), 2, 2, 5),
        LayerCase.of("convTranspose2d", () -> new ConvTranspose2d(2, 3), 2, 3, 3, 4),
        LayerCase.of("strided convTranspose2d", ImageLayerCases::enlarging, 2, 4, 3, 2),
        LayerCase.of(
            "convTranspose2d that folds",
            () -> new Sequential(new ConvTranspose2d(2, 2).stride(2).bias(false), new Tanh()),
            2,
            2,
            3,
            3),
        LayerCase.of("rectangular max pooling", () -> new MaxPool2d(flat), 2, 2, 5, 6),
        LayerCase.of(
            "average pooling without padding",
            () -> new AvgPool2d(flat.countPadding(false)),
            2,
            2,
            5,
            6));
  }

  private static Conv2d rectangular() {
    return new Conv2d(6, 3, 2).stride(2, 1).padding(1, 0).dilation(1, 2).groups(2);
  }

  private static ConvTranspose2d enlarging() {
    return new ConvTranspose2d(6, 3, 2)
        .stride(2, 3)
        .padding(1, 0)
        .outputPadding(1, 2)
        .dilation(1, 2)
        .groups(2);
  }

  private static List<LayerCase> poolings() {
    Pool1dOptions windows = Pool1dOptions.of(3).stride(2).padding(1);
    return List.of(
        LayerCase.of("maxPool1d", () -> new MaxPool1d(2), 2, 3, 7),
        LayerCase.of("padded maxPool1d", () -> new MaxPool1d(3, 2, 1), 2, 3, 7),
        LayerCase.of("avgPool1d", () -> new AvgPool1d(3, 1, 1), 2, 3, 7),
        LayerCase.of(
            "avgPool1d without padding", () -> new AvgPool1d(windows.countPadding(false)), 2, 3, 6),
        LayerCase.of("mean of images", () -> new AdaptiveAvgPool2d(1), 2, 3, 4, 5),
        LayerCase.of("adaptiveAvgPool2d", () -> new AdaptiveAvgPool2d(2, 3), 2, 3, 4, 6),
        LayerCase.of("overlapping adaptiveAvgPool2d", () -> new AdaptiveAvgPool2d(3), 2, 2, 4, 5),
        LayerCase.of("adaptiveAvgPool1d", () -> new AdaptiveAvgPool1d(3), 2, 3, 7),
        LayerCase.of("globalAvgPool2d", GlobalAvgPool2d::new, 2, 3, 4, 5));
  }

  private static List<LayerCase> sizes() {
    return List.of(
        LayerCase.of("reshape", () -> new Reshape(2, -1), 3, 4, 3),
        LayerCase.of("reshape to rows", () -> new Reshape(12), 3, 4, 3),
        LayerCase.of("zeroPad2d", () -> new ZeroPad2d(1), 2, 2, 3, 2),
        LayerCase.of("uneven zeroPad2d", () -> new ZeroPad2d(1, 0, 2, 3), 2, 2, 3, 2),
        LayerCase.of("upsample", () -> new Upsample(2), 2, 2, 3, 4),
        LayerCase.of(
            "bilinear upsample", () -> new Upsample(2, 3, Interpolation.BILINEAR), 2, 2, 3, 4));
  }
}
