/* Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, SC 2011), the same bits as org.oncilla.random.Philox.
 * One block of four words, and so four consecutive elements, a work-item:
 *
 *   element    0 1 2 3 | 4 5 6 7 | ...
 *   work-item  0       | 1       | ...      counter = (index, 0, stream low, stream high), key = seed
 */

/* A fused multiplication and addition would round differently from Java. */
#pragma OPENCL FP_CONTRACT OFF

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0 0x9E3779B9u
#define WEYL_1 0xBB67AE85u
#define ROUNDS 10

static inline uint4 philox(uint2 key, uint4 counter) {
  for (int i = 0; i < ROUNDS; i++) {
    const uint high0 = mul_hi(MULTIPLIER_0, counter.x);
    const uint low0 = MULTIPLIER_0 * counter.x;
    const uint high1 = mul_hi(MULTIPLIER_1, counter.z);
    const uint low1 = MULTIPLIER_1 * counter.z;
    counter = (uint4)(high1 ^ counter.y ^ key.x, low1, high0 ^ counter.w ^ key.y, low0);
    key += (uint2)(WEYL_0, WEYL_1);
  }
  return counter;
}

/* The upper 24 bits times 2^-24: exact. */
static inline float4 uniform_values(uint2 key, uint2 stream, int block) {
  const uint4 words = philox(key, (uint4)((uint)block, 0u, stream.x, stream.y));
  return convert_float4(words >> 8) * 0x1p-24f;
}

/* seed and stream: low word, high word. */
__kernel void uniform(__global float *out, int outOffset, int count, int seedLow, int seedHigh,
                      int streamLow, int streamHigh, float low, float range) {
  const int block = (int)get_global_id(0);
  const int index = block * 4;
  if (index >= count) {
    return;
  }
  const float4 u = uniform_values((uint2)((uint)seedLow, (uint)seedHigh),
                                  (uint2)((uint)streamLow, (uint)streamHigh), block);
  const float4 product = u * range;
  float values[4];
  vstore4(product + low, 0, values);
  for (int i = 0; i < min(4, count - index); i++) {
    out[outOffset + index + i] = values[i];
  }
}

__kernel void dropout(__global const float *x, int xOffset, __global float *out, int outOffset,
                      int count, int seedLow, int seedHigh, int streamLow, int streamHigh,
                      float probability, float kept, int accumulate) {
  const int block = (int)get_global_id(0);
  const int index = block * 4;
  if (index >= count) {
    return;
  }
  float draws[4];
  vstore4(uniform_values((uint2)((uint)seedLow, (uint)seedHigh),
                         (uint2)((uint)streamLow, (uint)streamHigh), block),
          0, draws);
  for (int i = 0; i < min(4, count - index); i++) {
    const float value = draws[i] < probability ? 0.0f : x[xOffset + index + i] / kept;
    __global float *target = out + outOffset + index + i;
    *target = accumulate ? *target + value : value;
  }
}
