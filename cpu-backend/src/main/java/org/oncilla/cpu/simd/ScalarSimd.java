package org.oncilla.cpu.simd;

/** The inner loops in plain Java, for JVMs without the Vector API. */
public final class ScalarSimd {
  private ScalarSimd() {}

  /** The implementation. */
  public static Simd create() {
    ScalarTiles tiles = new ScalarTiles();
    return new Simd(
        "plain Java loops",
        tiles.lanes(),
        tiles,
        new ScalarElementwise(),
        new ScalarReductions(),
        new ScalarNormalization(),
        new ScalarUpdates());
  }
}
