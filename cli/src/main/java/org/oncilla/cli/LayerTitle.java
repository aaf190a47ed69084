package org.oncilla.cli;

import org.oncilla.nn.NamedModule;

/** How pictures of layers are titled. */
final class LayerTitle {
  private LayerTitle() {}

  /** Such as "Layer 0 (Conv2d): filters". */
  static String of(NamedModule layer, String shown) {
    return layer.path().isEmpty()
        ? layer.type() + ": " + shown
        : "Layer " + layer.path() + " (" + layer.type() + "): " + shown;
  }
}
