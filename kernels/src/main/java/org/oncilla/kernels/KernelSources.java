package org.oncilla.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The OpenCL C sources, one text per kernel family. A text is complete: the functions that families
 * share are already in front of it.
 *
 * <p>What can be tuned is a macro, explained where it is used; whoever builds a program defines the
 * ones that have no default.
 */
public final class KernelSources {
  private static final String EXTENSION = ".cl";
  private static final String COMMON = "common";
  private static final String TILE = "tile";

  private KernelSources() {}

  /**
   * The source of a family that stands on its own: pooling, elementwise, reduction, softmax,
   * normalization, indexing, random or update.
   *
   * @param family the family's name
   * @throws IllegalArgumentException if there is no such family, naming the resource
   */
  public static String of(String family) {
    return read(COMMON) + read(family);
  }

  /**
   * The source of a family that is a matrix product in disguise: matmul or convolution. It says
   * what the matrices are; the shared tile kernel behind it multiplies them.
   *
   * @param family the family's name
   * @throws IllegalArgumentException if there is no such family, naming the resource
   */
  public static String product(String family) {
    return read(COMMON) + read(family) + read(TILE);
  }

  private static String read(String name) {
    String resource = name + EXTENSION;
    try (InputStream in = KernelSources.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no kernel source "
                + resource
                + " beside "
                + KernelSources.class.getName()
                + "; is oncilla-kernels complete on the class path?");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the kernel source " + resource, unreadable);
    }
  }
}
