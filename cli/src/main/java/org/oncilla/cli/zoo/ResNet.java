package org.oncilla.cli.zoo;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.GlobalAvgPool2d;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;

/**
 * The residual networks of 6n + 2 layers for images of 32×32 (He, Zhang, Ren and Sun, "Deep
 * Residual Learning for Image Recognition", 2016, section 4.2): a convolution, three stages of n
 * blocks with 16, 32 and 64 channels, the mean of each channel, and a linear layer. Where a stage
 * halves the image, the shortcut is a convolution by 1×1 (option B of the article; its option A has
 * 2,752 parameters less).
 */
final class ResNet {
  private static final int[] CHANNELS = {16, 32, 64};

  private ResNet() {}

  /**
   * The network of 6 · blocks + 2 layers.
   *
   * @param blocks in each stage; 3 for ResNet-20
   */
  static Module of(int blocks, int classes) {
    List<Module> layers = new ArrayList<>(convolution(CHANNELS[0], 3, 1));
    layers.add(new ReLU());
    for (int channels : CHANNELS) {
      for (int block = 0; block < blocks; block++) {
        boolean halving = block == 0 && channels != CHANNELS[0];
        layers.add(block(channels, halving));
        layers.add(new ReLU());
      }
    }
    layers.add(new GlobalAvgPool2d());
    layers.add(new Linear(classes).weightInitializer(Initializers.heNormal()));
    return new Sequential(layers);
  }

  private static Module block(int channels, boolean halving) {
    List<Module> body = new ArrayList<>(convolution(channels, 3, halving ? 2 : 1));
    body.add(new ReLU());
    body.addAll(convolution(channels, 3, 1));
    return halving
        ? new Residual(new Sequential(body), new Sequential(convolution(channels, 1, 2)))
        : new Residual(new Sequential(body));
  }

  private static List<Module> convolution(int channels, int kernelSize, int stride) {
    return List.of(
        new Conv2d(channels, kernelSize)
            .stride(stride)
            .padding(kernelSize / 2)
            .bias(false)
            .weightInitializer(Initializers.heNormal()),
        new BatchNorm2d());
  }
}
