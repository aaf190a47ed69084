/* Strided copies: one element of the index space a work-item, innermost axis first in memory, so
 * neighbouring work-items differ in the last index.
 *
 *   index  ->  (i0, i1, ... i5)  ->  source[sum i * sourceStride], target[sum i * targetStride]
 *
 * Axes in front of the real ones have size 1.
 */
typedef struct {
  Divisor sizes[6];
  int sourceStrides[6];
  int targetStrides[6];
  int count;
  int sourceStart;
  int targetStart;
} Copy;

static inline int2 find_elements(Copy s, int index, int sourceOffset, int targetOffset) {
  int source = sourceOffset + s.sourceStart;
  int target = targetOffset + s.targetStart;
  int rest = index;
  for (int axis = 5; axis >= 0; axis--) {
    const int outer = divide(rest, s.sizes[axis]);
    const int at = rest - outer * s.sizes[axis].value;
    source += at * s.sourceStrides[axis];
    target += at * s.targetStrides[axis];
    rest = outer;
  }
  return (int2)(source, target);
}

/* Moves 32 bits whatever they mean, so it serves both element types. */
__kernel void copy(__global const int *source, int sourceOffset, __global int *target,
                   int targetOffset, const Copy s) {
  const int index = (int)get_global_id(0);
  if (index < s.count) {
    const int2 at = find_elements(s, index, sourceOffset, targetOffset);
    target[at.y] = source[at.x];
  }
}

__kernel void copy_add(__global const float *source, int sourceOffset, __global float *target,
                       int targetOffset, const Copy s) {
  const int index = (int)get_global_id(0);
  if (index < s.count) {
    const int2 at = find_elements(s, index, sourceOffset, targetOffset);
    target[at.y] += source[at.x];
  }
}
