package org.oncilla.data;

import org.oncilla.random.Generator;

/**
 * A random change of an image that leaves its class as it is. One of your own is a lambda; {@link
 * Augmentations} has the usual ones.
 */
@FunctionalInterface
public interface Augmentation {
  /**
   * Changes an image in place. Called by several threads at once, so it keeps no state: all that is
   * random comes from the generator.
   *
   * @param image to change
   * @param random at the start, or where the augmentation before this one left it
   */
  void apply(ImageValues image, Generator random);
}
