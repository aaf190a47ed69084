/* Two-dimensional convolution and its gradients as implicit matrix products: the loaders of tile.cl
 * gather straight from the image, so there is no im2col buffer. Batch and positions together are
 * the long side; one slice a channel group; O and C below are channels of one group.
 *
 *   pass             rows M   columns N      depth K        A(m,k)       B(k,n)
 *   FORWARD          O        (image, p, q)  (c, i, j)      w[o,c,i,j]   x[image, c, h, w]
 *   BACKWARD_INPUT   C        (image, h, w)  (o, i, j)      w[o,c,i,j]   dy[image, o, p, q]
 *   BACKWARD_WEIGHT  O        (c, i, j)      (image, p, q)  dy[.,o,p,q]  x[image, c, h, w]
 *
 * with h = p * stride - pad + i * dilation, likewise w. Backward input gathers: each element of dx
 * sums its own contributions, so nothing is added atomically.
 *
 *   +-----------------+  image (c)           taps: k -> (c, i, j)       offset of the tap, i*d, j*d
 *   |  +---+          |                      positions: n -> (image, p, q)
 *   |  | w | i,j      |  window at (p, q)                               offset of the corner, h, w
 *   |  +---+          |                      an element's address is the sum of the two offsets,
 *   +-----------------+                      and it exists if the sums of h and w are in the image
 *
 *   PASS     which of the three
 *   STRIDED  1 where a stride of BACKWARD_INPUT is above 1: positions between strides have no taps
 */
#define FORWARD 1
#define BACKWARD_INPUT 2
#define BACKWARD_WEIGHT 3

/* The image is the one that B reads: x, or dy in BACKWARD_INPUT. */
typedef struct {
  Divisor kernelArea;
  Divisor kernelWidth;
  Divisor plane;          /* positions of one image */
  Divisor rowLength;      /* positions of one row */
  Divisor strideHeight;
  Divisor strideWidth;
  int padHeight;
  int padWidth;
  int dilationHeight;
  int dilationWidth;
  int imageHeight;
  int imageWidth;
  int channelStride;      /* of the image that B reads */
  int imageStride;        /* of the image that B reads */
  int positionsStride;    /* elements of one image in the tensor that positions index densely */
  int tapsStrideA;        /* BACKWARD_INPUT: elements of w from one o to the next */
} Geometry;

/* (channel, i, j) of a tap. */
static inline int4 split_tap(Geometry g, int tap) {
  const int channel = divide(tap, g.kernelArea);
  const int inside = tap - channel * g.kernelArea.value;
  const int i = divide(inside, g.kernelWidth);
  return (int4)(channel, i, inside - i * g.kernelWidth.value, inside);
}

/* (image, row, column, index in the plane) of a position. */
static inline int4 split_position(Geometry g, int position) {
  const int image = divide(position, g.plane);
  const int inside = position - image * g.plane.value;
  const int row = divide(inside, g.rowLength);
  return (int4)(image, row, inside - row * g.rowLength.value, inside);
}

#if PASS == BACKWARD_INPUT

static inline int4 depth_coordinates(Geometry g, int k) {
  const int4 tap = split_tap(g, k);
  return (int4)(tap.x * g.channelStride, -tap.y * g.dilationHeight, -tap.z * g.dilationWidth,
                tap.x * g.tapsStrideA + tap.w);
}

static inline int4 column_coordinates(Geometry g, int n) {
  const int4 at = split_position(g, n);
  return (int4)(at.x * g.imageStride, at.y + g.padHeight, at.z + g.padWidth, 0);
}

static inline float load_b(__global const float *dy, int4 kc, int4 nc, Geometry g) {
  int p = kc.y + nc.y;
  int q = kc.z + nc.z;
#if STRIDED
  const int h = max(p, 0);
  const int w = max(q, 0);
  const int hits = p >= 0 && q >= 0;
  p = divide(h, g.strideHeight);
  q = divide(w, g.strideWidth);
  const int aligned = hits && p * g.strideHeight.value == h && q * g.strideWidth.value == w;
#else
  const int aligned = 1;
#endif
  return aligned && (uint)p < (uint)g.imageHeight && (uint)q < (uint)g.imageWidth
             ? dy[kc.x + nc.x + p * g.imageWidth + q]
             : 0.0f;
}

#else

static inline int4 tap_coordinates(Geometry g, int index) {
  const int4 tap = split_tap(g, index);
  const int h = tap.y * g.dilationHeight;
  const int w = tap.z * g.dilationWidth;
  return (int4)(tap.x * g.channelStride + h * g.imageWidth + w, h, w, index);
}

static inline int4 position_coordinates(Geometry g, int index) {
  const int4 at = split_position(g, index);
  const int h = at.y * g.strideHeight.value - g.padHeight;
  const int w = at.z * g.strideWidth.value - g.padWidth;
  return (int4)(at.x * g.imageStride + h * g.imageWidth + w, h, w,
                at.x * g.positionsStride + at.w);
}

static inline float load_b(__global const float *x, int4 kc, int4 nc, Geometry g) {
  return (uint)(kc.y + nc.y) < (uint)g.imageHeight && (uint)(kc.z + nc.z) < (uint)g.imageWidth
             ? x[kc.x + nc.x]
             : 0.0f;
}

#if PASS == FORWARD
#define depth_coordinates tap_coordinates
#define column_coordinates position_coordinates
#else
#define depth_coordinates position_coordinates
#define column_coordinates tap_coordinates
#endif

#endif

static inline int column_offset(Geometry g, int n) {
#if PASS == BACKWARD_WEIGHT
  return n;
#else
  const int image = divide(n, g.plane);
  return image * g.positionsStride + (n - image * g.plane.value);
#endif
}
