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

/* Rows of a table by index, one element a work-item. */
__kernel void gather(__global const float *table, int tableOffset, __global const int *indices,
                     int indicesOffset, __global float *out, int outOffset, int length, int rows,
                     Divisor columns) {
  const int index = (int)get_global_id(0);
  if (index < length) {
    const int i = divide(index, columns);
    const int row = indices[indicesOffset + i];
    const int at = row * columns.value + index - i * columns.value;
    /* An index out of range would be a read out of bounds; callers check. */
    out[outOffset + index] = row >= 0 && row < rows ? table[tableOffset + at] : NAN;
  }
}

__kernel void one_hot(__global const int *labels, int labelsOffset, __global float *out,
                      int outOffset, int length, Divisor classes, int ignored, float on,
                      float off) {
  const int index = (int)get_global_id(0);
  if (index < length) {
    const int row = divide(index, classes);
    const int label = labels[labelsOffset + row];
    const float value = index - row * classes.value == label ? on : off;
    const int isClass = label >= 0 && label < classes.value;
    out[outOffset + index] = label == ignored ? 0.0f : isClass ? value : NAN;
  }
}

/* The gradient of a table: every row has one owner, a team of work-items that share its columns,
 * and every owner adds in the order of the indices. So there are no atomics on floats, and the
 * order of a sum does not depend on the number of owners. A group holds several owners and reads
 * the indices once for all of them, GROUP at a time; those that concern it are bits of `hits`.
 *
 *   owners = 4, lanes = 2, GROUP = 4      group 0: owner 0 = t0 t1, owner 1 = t2 t3
 *   row r belongs to owner r mod owners   group 1: owner 2 = t4 t5, owner 3 = t6 t7
 *
 * Owners take turns over the rows, because vocabularies are often in the order of frequency.
 *
 *   GROUP  work-items of a work-group, a power of two
 */
#define HIT_WORDS ((GROUP + 31) / 32)

typedef struct {
  int rows;
  int columns;
  int count;
  int ignored;
  int owners; /* a power of two */
  int lanes;  /* of an owner; a power of two up to GROUP */
} Scatter;

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void scatter_add(
    __global const int *indices, int indicesOffset, __global const float *dy, int dyOffset,
    __global float *dTable, int dTableOffset, const Scatter s, int accumulate) {
  __local int rows[GROUP];
  __local uint hits[HIT_WORDS];
  const int thread = (int)get_local_id(0);
  const int team = thread / s.lanes;
  const int lane = thread - team * s.lanes;
  const int teams = GROUP / s.lanes;
  const int first = (int)get_group_id(0) * teams;
  const int owner = first + team;
  indices += indicesOffset;
  dy += dyOffset;
  dTable += dTableOffset;
  if (!accumulate) {
    for (int row = owner; row < s.rows; row += s.owners) {
      for (int column = lane; column < s.columns; column += s.lanes) {
        dTable[row * s.columns + column] = 0.0f;
      }
    }
  }
  for (int tile = 0; tile < s.count; tile += GROUP) {
    for (int word = thread; word < HIT_WORDS; word += GROUP) {
      hits[word] = 0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    const int row = tile + thread < s.count ? indices[tile + thread] : -1;
    const int ofGroup = (row & (s.owners - 1)) - first;
    if (row >= 0 && row < s.rows && row != s.ignored && ofGroup >= 0 && ofGroup < teams) {
      rows[thread] = row;
      atomic_or(&hits[thread / 32], 1u << (thread & 31));
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int word = 0; word < HIT_WORDS; word++) {
      for (uint left = hits[word]; left != 0; left &= left - 1) {
        const int at = word * 32 + 31 - (int)clz(left & (0u - left));
        if ((rows[at] & (s.owners - 1)) == owner) {
          __global float *sums = dTable + rows[at] * s.columns;
          __global const float *gradients = dy + (tile + at) * s.columns;
          for (int column = lane; column < s.columns; column += s.lanes) {
            sums[column] += gradients[column];
          }
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}
