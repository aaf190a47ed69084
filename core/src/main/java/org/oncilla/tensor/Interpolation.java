package org.oncilla.tensor;

/** How an image that is enlarged gets its new pixels. */
public enum Interpolation {
  /** Each pixel is repeated. */
  NEAREST,

  /**
   * A mean of the four nearest pixels, weighted by how near they are. Pixels are squares that keep
   * their outer edges in place: the centre of output pixel i lies at (i + ½)/factor − ½ of the
   * input, and beyond the outermost centres their values go on (PyTorch's {@code
   * align_corners=False}).
   */
  BILINEAR
}
