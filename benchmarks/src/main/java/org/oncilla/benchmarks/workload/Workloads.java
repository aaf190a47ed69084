package org.oncilla.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.GlobalAvgPool2d;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Adam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;

/** Everything that is measured, by name. */
public final class Workloads {
  private static final Supplier<Optimizer> ADAM = () -> new Adam(1e-3);
  private static final Supplier<Optimizer> SGD = () -> new Sgd(0.01).momentum(0.9);

  /** So slow that batch normalization does not drive libraries apart by what they round. */
  private static final Supplier<Optimizer> SLOW_SGD = () -> new Sgd(0.001).momentum(0.9);

  private static final List<Network> NETWORKS =
      List.of(
          new Network(
              "mlp_784_512_256_10", "adam", Shape.of(784), 10, 128, () -> mlp(512, 256, 10), ADAM),
          new Network(
              "mlp_4096_100_20_10", "sgd", Shape.of(4096), 10, 64, () -> mlp(100, 20, 10), SGD),
          new Network("lenet5", "sgd", Shape.of(1, 32, 32), 10, 64, Workloads::lenet5, SGD),
          new Network("alextable", "adam", Shape.of(3, 32, 32), 10, 64, Workloads::alexTable, ADAM),
          new Network("vgg6", "adam", Shape.of(3, 32, 32), 10, 32, Workloads::vgg6, ADAM),
          new Network(
              "resnet20", "sgd", Shape.of(3, 32, 32), 10, 32, Workloads::resnet20, SLOW_SGD));

  /** m, n, k. */
  private static final int[][] PRODUCTS = {
    {128, 128, 128},
    {256, 256, 256},
    {512, 512, 512},
    {1024, 1024, 1024},
    {2048, 2048, 2048},
    {64, 10, 84},
    {128, 512, 784},
    {100, 4096, 20},
    {1000, 37, 513}
  };

  /** Batch, channels, size, filters, kernel, stride, padding. */
  private static final int[][] CONVOLUTIONS = {
    {64, 1, 32, 6, 5, 1, 0},
    {64, 6, 14, 16, 5, 1, 0},
    {32, 3, 32, 64, 3, 1, 1},
    {32, 64, 32, 64, 3, 1, 1},
    {32, 128, 16, 128, 3, 1, 1},
    {32, 256, 8, 256, 3, 1, 1},
    {8, 64, 56, 64, 3, 1, 1},
    {8, 256, 14, 256, 1, 1, 0}
  };

  private static final List<Workload> ALL = list();

  private Workloads() {}

  /** All of them, training first. */
  public static List<Workload> all() {
    return ALL;
  }

  /** The networks. */
  public static List<Network> networks() {
    return NETWORKS;
  }

  /**
   * The workload of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Workload named(String name) {
    return ALL.stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow(() -> no(name));
  }

  /**
   * The workloads whose names contain one of the words, in the order of the list.
   *
   * @param words none for the training steps
   * @throws IllegalArgumentException if a word is part of no name
   */
  public static List<Workload> matching(List<String> words) {
    List<String> wanted = words.isEmpty() ? List.of("train/") : words;
    for (String word : wanted) {
      if (ALL.stream().noneMatch(workload -> workload.name().contains(word))) {
        throw no(word);
      }
    }
    return ALL.stream().filter(w -> wanted.stream().anyMatch(w.name()::contains)).toList();
  }

  private static IllegalArgumentException no(String name) {
    List<String> names = ALL.stream().map(Workload::name).toList();
    return new IllegalArgumentException(
        "no workload is called \"" + name + "\"; there are:\n  " + String.join("\n  ", names));
  }

  private static List<Workload> list() {
    List<Workload> all = new ArrayList<>();
    NETWORKS.forEach(network -> all.add(new TrainingWorkload(network)));
    for (Network network : NETWORKS) {
      all.add(new InferenceWorkload(network, true));
      all.add(new InferenceWorkload(network, false));
    }
    for (int[] p : PRODUCTS) {
      all.add(new MatmulWorkload(p[0], p[1], p[2]));
    }
    for (boolean backward : new boolean[] {false, true}) {
      for (int[] c : CONVOLUTIONS) {
        all.add(new ConvolutionWorkload(backward, c[0], c[1], c[2], c[3], c[4], c[5], c[6]));
      }
    }
    return List.copyOf(all);
  }

  private static Module mlp(int... units) {
    List<Module> layers = new ArrayList<>();
    for (int i = 0; i < units.length; i++) {
      layers.add(new Linear(units[i]));
      if (i < units.length - 1) {
        layers.add(new ReLU());
      }
    }
    return new Sequential(layers);
  }

  private static Module lenet5() {
    return new Sequential(
        new Conv2d(6, 5),
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
  }

  /** A small relative of AlexNet for images of 32×32. */
  private static Module alexTable() {
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
        new Linear(10));
  }

  private static Module vgg6() {
    List<Module> layers = new ArrayList<>();
    for (int channels : new int[] {64, 128, 256}) {
      for (int i = 0; i < 2; i++) {
        layers.add(new Conv2d(channels, 3).padding(1));
        layers.add(new ReLU());
      }
      layers.add(new MaxPool2d(2));
    }
    layers.add(new Flatten());
    layers.add(new Linear(512));
    layers.add(new ReLU());
    layers.add(new Linear(10));
    return new Sequential(layers);
  }

  /** Three stages of three residual blocks, with 1×1 convolutions where images are halved. */
  private static Module resnet20() {
    List<Module> layers = new ArrayList<>(normalizedConvolution(16, 3, 1));
    layers.add(new ReLU());
    for (int channels : new int[] {16, 32, 64}) {
      for (int block = 0; block < 3; block++) {
        int stride = block == 0 && channels > 16 ? 2 : 1;
        List<Module> body = new ArrayList<>(normalizedConvolution(channels, 3, stride));
        body.add(new ReLU());
        body.addAll(normalizedConvolution(channels, 3, 1));
        layers.add(
            stride == 1
                ? new Residual(new Sequential(body))
                : new Residual(
                    new Sequential(body),
                    new Sequential(normalizedConvolution(channels, 1, stride))));
        layers.add(new ReLU());
      }
    }
    layers.add(new GlobalAvgPool2d());
    layers.add(new Linear(10));
    return new Sequential(layers);
  }

  private static List<Module> normalizedConvolution(int channels, int kernelSize, int stride) {
    Conv2d convolution = new Conv2d(channels, kernelSize).stride(stride).padding(kernelSize / 2);
    return List.of(convolution.bias(false), new BatchNorm2d());
  }
}
