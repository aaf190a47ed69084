package org.oncilla.cpu.vector;

import jdk.incubator.vector.FloatVector;
import org.oncilla.cpu.simd.Simd;

/**
 * The inner loops on the Vector API. Loaded by reflection, and only after the check that the JVM
 * has the module.
 */
public final class VectorSimd {
  private VectorSimd() {}

  /** The implementation for the widest registers of this processor. */
  public static Simd create() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    VectorTiles tiles = new VectorTiles();
    return new Simd(
        "Vector API, " + bits + " bits, " + tiles.lanes() + " lanes",
        tiles.lanes(),
        tiles,
        new VectorElementwise(),
        new VectorReductions(),
        new VectorNormalization(),
        new VectorUpdates());
  }
}
