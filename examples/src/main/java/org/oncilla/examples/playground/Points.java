package org.oncilla.examples.playground;

import java.util.Locale;
import org.oncilla.data.ArrayDataset;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

/** Ways in which points of two classes, blue (0) and orange (1), may lie in a plane. */
public enum Points {
  /** Two clouds side by side: a line divides them. */
  CLOUDS {
    @Override
    void place(double at, boolean orange, Generator random, float[] point) {
      double center = orange ? 0.45 : -0.45;
      point[0] = (float) (center + 0.22 * random.nextGaussian());
      point[1] = (float) (center + 0.22 * random.nextGaussian());
    }
  },

  /** A disc within a ring: a closed curve divides them. */
  CIRCLES {
    @Override
    void place(double at, boolean orange, Generator random, float[] point) {
      polar(orange ? 0.7 + 0.25 * at : 0.5 * at, 2 * Math.PI * random.nextDouble(), point);
    }
  },

  /** The four quadrants in turn: XOR. */
  XOR {
    @Override
    void place(double at, boolean orange, Generator random, float[] point) {
      double x = 0.05 + 0.9 * random.nextDouble();
      double y = 0.05 + 0.9 * random.nextDouble();
      double sign = random.nextBits() < 0 ? -1 : 1;
      point[0] = (float) (sign * x);
      point[1] = (float) (orange ? -sign * y : sign * y);
    }
  },

  /** Two spirals, one within the other: the hard one. */
  SPIRALS {
    @Override
    void place(double at, boolean orange, Generator random, float[] point) {
      polar(0.1 + 0.85 * at, 3 * Math.PI * at + (orange ? Math.PI : 0), point);
    }
  };

  private static final long PLACES = 1;

  /** Puts a point of a class somewhere, {@code at} running from 0 to 1 over the points. */
  abstract void place(double at, boolean orange, Generator random, float[] point);

  /**
   * Draws points, half of each class.
   *
   * @param count number of points
   * @param noise standard deviation of what is added to each coordinate
   * @param seed of the places
   * @return inputs [2], from about −1 to 1, and targets [1], 0 or 1
   */
  public ArrayDataset draw(int count, double noise, long seed) {
    Generator random = new Generator(seed, PLACES);
    float[] inputs = new float[2 * count];
    float[] targets = new float[count];
    float[] point = new float[2];
    for (int i = 0; i < count; i++) {
      boolean orange = i % 2 == 1;
      place((i / 2 + 0.5) / ((count + 1) / 2), orange, random, point);
      inputs[2 * i] = point[0] + (float) (noise * random.nextGaussian());
      inputs[2 * i + 1] = point[1] + (float) (noise * random.nextGaussian());
      targets[i] = orange ? 1 : 0;
    }
    return ArrayDataset.ofTargets(Shape.of(2), inputs, Shape.of(1), targets);
  }

  private static void polar(double radius, double angle, float[] point) {
    point[0] = (float) (radius * Math.cos(angle));
    point[1] = (float) (radius * Math.sin(angle));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
