package org.oncilla.cli.drawing;

/**
 * A small picture, to be drawn enlarged.
 *
 * @param width pixels of a row
 * @param height number of rows
 * @param rgb 0xRRGGBB, row by row
 */
public record Tile(int width, int height, int[] rgb) {
  /**
   * Numbers in the colours of a scale.
   *
   * @param values row by row
   * @param offset of the first
   */
  public static Tile of(float[] values, int offset, int width, int height, ColorScale scale) {
    int[] rgb = new int[width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = scale.rgb(values[offset + i]);
    }
    return new Tile(width, height, rgb);
  }

  /**
   * Three planes of numbers as red, green and blue.
   *
   * @param values plane after plane
   * @param offset of the first
   * @param min number that is dark
   * @param max number that is bright
   */
  public static Tile ofColors(
      float[] values, int offset, int width, int height, double min, double max) {
    ColorScale level = new ColorScale(ColorMap.GRAY, min, max);
    int plane = width * height;
    int[] rgb = new int[plane];
    for (int i = 0; i < plane; i++) {
      rgb[i] =
          level.rgb(values[offset + i]) & 0xFF0000
              | level.rgb(values[offset + plane + i]) & 0xFF00
              | level.rgb(values[offset + 2 * plane + i]) & 0xFF;
    }
    return new Tile(width, height, rgb);
  }
}
