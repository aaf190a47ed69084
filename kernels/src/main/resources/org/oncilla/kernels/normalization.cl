/* Batch and group normalization of x[N, C, S]. A line is what a sum runs over: of batch
 * normalization a chunk of a channel's N*S elements, of group normalization the elements of a group
 * of channels of one sample. A work-group has several lines, each with LANES_PER_LINE work-items that
 * stride along it and combine their sums as a tree in local memory. The order depends on the sizes
 * only.
 *
 *   elements of a line side by side            channels side by side (S = 1)
 *
 *     line 0:  t0 t1 t2 t3 | t0 t1 t2 t3         lane 0:  t0 t1 t2 t3   lines 0 1 2 3
 *     line 1:  t4 t5 t6 t7 | t4 t5 t6 t7         lane 1:  t4 t5 t6 t7   lines 0 1 2 3
 *
 * The chunks of a channel leave two partial results each, [chunks, 2, C], which every work-item of
 * the next kernel puts together for its channel: a second kernel is all that it takes.
 *
 *   GROUP  work-items of a work-group, a power of two; 1 is for CPUs
 */

/* Which of the optional arguments are there; the numbers are those of OpenClNormalization. */
#define HAS_WEIGHT 1
#define HAS_BIAS 2
#define HAS_RUNNING 4
#define WANTS_INPUT 8
#define ADDS_INPUT 16
#define WANTS_WEIGHT 32
#define ADDS_WEIGHT 64
#define WANTS_BIAS 128
#define ADDS_BIAS 256

typedef struct {
  int elements;       /* of a channel: N * S */
  int chunk;          /* elements of a chunk */
  int chunks;         /* chunks of a channel */
  int lanesPerLine;   /* power of two, up to GROUP */
  Divisor channels;
  Divisor spatial;
} Channels;

typedef struct {
  int length;         /* elements of a group of channels of one sample */
  int lines;          /* N * groups */
  int lanesPerLine;   /* power of two, up to GROUP */
  Divisor groups;
  Divisor groupChannels;
  Divisor spatial;
} Groups;

/* Where a work-item stands. */
typedef struct {
  int line;
  int lane;
  int lanes;
  int slot;       /* its place in local memory: lanes of a line are `step` apart */
  int step;
} Place;

static inline Place find_place(int lanesPerLine, int neighbours) {
  const int thread = (int)get_local_id(0);
  const int linesPerGroup = GROUP / lanesPerLine;
  Place at;
  int within;
  if (neighbours) {
    at.lane = thread / linesPerGroup;
    within = thread - at.lane * linesPerGroup;
    at.step = linesPerGroup;
  } else {
    within = thread / lanesPerLine;
    at.lane = thread - within * lanesPerLine;
    at.step = 1;
  }
  at.lanes = lanesPerLine;
  at.slot = thread;
  at.line = (int)get_group_id(0) * linesPerGroup + within;
  return at;
}

/* The sum over the lanes of a line, in every lane. */
static inline float line_sum(float value, __local float *results, Place at) {
  barrier(CLK_LOCAL_MEM_FENCE);
  results[at.slot] = value;
  for (int distance = at.lanes / 2; distance > 0; distance /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (at.lane < distance) {
      results[at.slot] += results[at.slot + distance * at.step];
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  return results[at.slot - at.lane * at.step];
}

/* A chunk of a channel. */
typedef struct {
  int channel;
  int index;
  int from;       /* first element */
  int to;         /* after the last */
  int partial;    /* where its first partial result lies */
  int exists;
} Chunk;

static inline Chunk find_chunk(Place at, Channels s) {
  const int lines = s.chunks * s.channels.value;
  const int line = min(at.line, lines - 1);
  Chunk c;
  c.exists = at.line < lines;
  c.index = divide(line, s.channels);
  c.channel = line - c.index * s.channels.value;
  c.from = c.index * s.chunk;
  c.to = c.from + min(s.chunk, s.elements - c.from);
  c.partial = 2 * c.index * s.channels.value + c.channel;
  return c;
}

/* Where element e of a channel lies. */
static inline int element_at(int e, int channel, Channels s) {
  const int sample = divide(e, s.spatial);
  return (sample * s.channels.value + channel) * s.spatial.value + e - sample * s.spatial.value;
}

static inline void store_sum(__global float *target, float value, int add) {
  *target = add ? *target + value : value;
}

/* The mean and the sum of squared deviations of each chunk. Elements are summed as distances from the
 * first one, so that equal ones have no variance; the deviations are summed too, which corrects what
 * that sum lost where the first one is far from the mean. */
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void batch_norm_moments(
    __global const float *x, int xOffset, __global float *partials, int partialsOffset,
    const Channels s) {
  __local float results[GROUP];
  const Place at = find_place(s.lanesPerLine, s.spatial.value == 1);
  const Chunk c = find_chunk(at, s);
  const float count = (float)(c.to - c.from);
  x += xOffset;
  const float first = x[element_at(c.from, c.channel, s)];
  float sum = 0.0f;
  for (int e = c.from + at.lane; e < c.to; e += at.lanes) {
    sum += x[element_at(e, c.channel, s)] - first;
  }
  const float mean = first + line_sum(sum, results, at) / count;
  float deviations = 0.0f;
  float squares = 0.0f;
  for (int e = c.from + at.lane; e < c.to; e += at.lanes) {
    const float d = x[element_at(e, c.channel, s)] - mean;
    deviations += d;
    squares = MULTIPLY_ADD(d, d, squares);
  }
  deviations = line_sum(deviations, results, at);
  squares = line_sum(squares, results, at);
  if (c.exists && at.lane == 0) {
    const float correction = deviations / count;
    partials[partialsOffset + c.partial] = mean + correction;
    partials[partialsOffset + c.partial + s.channels.value] = squares - deviations * correction;
  }
}

/* y from the partial results of a channel's chunks. What a chunk adds to the squares beside its own
 * is its mean's distance (Chan and others, 1979); distances are taken from the first chunk's mean,
 * so that they are small. */
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void batch_norm(
    __global const float *x, int xOffset, __global const float *weight, int weightOffset,
    __global const float *bias, int biasOffset, __global const float *partials,
    int partialsOffset, __global float *y, int yOffset, __global float *means, int meansOffset,
    __global float *variances, int variancesOffset, __global float *runningMeans,
    int runningMeansOffset, __global float *runningVariances, int runningVariancesOffset,
    const Channels s, float epsilon, float momentum, float rest, int options) {
  const Place at = find_place(s.lanesPerLine, s.spatial.value == 1);
  const Chunk c = find_chunk(at, s);
  if (!c.exists) {
    return;
  }
  const int row = 2 * s.channels.value;
  __global const float *partial = partials + partialsOffset + c.channel;
  const float count = (float)s.elements;
  const float first = partial[0];
  float distances = 0.0f;
  for (int k = 1; k < s.chunks; k++) {
    const float size = (float)min(s.chunk, s.elements - k * s.chunk);
    distances += size * (partial[k * row] - first);
  }
  const float shift = distances / count;
  float squares = 0.0f;
  for (int k = 0; k < s.chunks; k++) {
    const float size = (float)min(s.chunk, s.elements - k * s.chunk);
    const float distance = partial[k * row] - first - shift;
    squares += partial[k * row + s.channels.value] + size * distance * distance;
  }
  const float mean = first + shift;
  const float variance = squares / count;
  if (c.index == 0 && at.lane == 0) {
    means[meansOffset + c.channel] = mean;
    variances[variancesOffset + c.channel] = variance;
    if (options & HAS_RUNNING) {
      __global float *runningMean = runningMeans + runningMeansOffset + c.channel;
      __global float *runningVariance = runningVariances + runningVariancesOffset + c.channel;
      *runningMean = rest * *runningMean + momentum * mean;
      *runningVariance = rest * *runningVariance + momentum * (squares / (count - 1.0f));
    }
  }
  const float factor = options & HAS_WEIGHT ? weight[weightOffset + c.channel] : 1.0f;
  const float summand = options & HAS_BIAS ? bias[biasOffset + c.channel] : 0.0f;
  const float scale = factor * rsqrt(variance + epsilon);
  for (int e = c.from + at.lane; e < c.to; e += at.lanes) {
    const int i = element_at(e, c.channel, s);
    y[yOffset + i] = MULTIPLY_ADD(x[xOffset + i] - mean, scale, summand);
  }
}

__kernel void batch_norm_evaluation(
    __global const float *x, int xOffset, __global const float *weight, int weightOffset,
    __global const float *bias, int biasOffset, __global const float *means, int meansOffset,
    __global const float *variances, int variancesOffset, __global float *y, int yOffset,
    int length, const Divisor channels, const Divisor spatial, float epsilon, int options) {
  const int i = (int)get_global_id(0);
  if (i >= length) {
    return;
  }
  const int run = divide(i, spatial);
  const int channel = run - divide(run, channels) * channels.value;
  const float factor = options & HAS_WEIGHT ? weight[weightOffset + channel] : 1.0f;
  const float summand = options & HAS_BIAS ? bias[biasOffset + channel] : 0.0f;
  const float scale = factor * rsqrt(variances[variancesOffset + channel] + epsilon);
  y[yOffset + i] = MULTIPLY_ADD(x[xOffset + i] - means[meansOffset + channel], scale, summand);
}

/* The sums of dy and of dy * (x - mean) of each chunk. */
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void batch_norm_sums(
    __global const float *x, int xOffset, __global const float *dy, int dyOffset,
    __global const float *means, int meansOffset, __global float *partials, int partialsOffset,
    const Channels s) {
  __local float results[GROUP];
  const Place at = find_place(s.lanesPerLine, s.spatial.value == 1);
  const Chunk c = find_chunk(at, s);
  const float mean = means[meansOffset + c.channel];
  float sum = 0.0f;
  float product = 0.0f;
  for (int e = c.from + at.lane; e < c.to; e += at.lanes) {
    const int i = element_at(e, c.channel, s);
    const float gradient = dy[dyOffset + i];
    sum += gradient;
    product = MULTIPLY_ADD(gradient, x[xOffset + i] - mean, product);
  }
  sum = line_sum(sum, results, at);
  product = line_sum(product, results, at);
  if (c.exists && at.lane == 0) {
    partials[partialsOffset + c.partial] = sum;
    partials[partialsOffset + c.partial + s.channels.value] = product;
  }
}

/* `share` is 1 / elements where the statistics are those of x, else 0. */
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void batch_norm_backward(
    __global const float *x, int xOffset, __global const float *dy, int dyOffset,
    __global const float *weight, int weightOffset, __global const float *means, int meansOffset,
    __global const float *variances, int variancesOffset, __global const float *partials,
    int partialsOffset, __global float *dx, int dxOffset, __global float *dw, int dwOffset,
    __global float *db, int dbOffset, const Channels s, float epsilon, float share, int options) {
  const Place at = find_place(s.lanesPerLine, s.spatial.value == 1);
  const Chunk c = find_chunk(at, s);
  if (!c.exists) {
    return;
  }
  const int row = 2 * s.channels.value;
  __global const float *partial = partials + partialsOffset + c.channel;
  float sum = 0.0f;
  float product = 0.0f;
  for (int k = 0; k < s.chunks; k++) {
    sum += partial[k * row];
    product += partial[k * row + s.channels.value];
  }
  const float inverse = rsqrt(variances[variancesOffset + c.channel] + epsilon);
  product *= inverse;
  if (c.index == 0 && at.lane == 0) {
    if (options & WANTS_WEIGHT) {
      store_sum(dw + dwOffset + c.channel, product, options & ADDS_WEIGHT);
    }
    if (options & WANTS_BIAS) {
      store_sum(db + dbOffset + c.channel, sum, options & ADDS_BIAS);
    }
  }
  if (!(options & WANTS_INPUT)) {
    return;
  }
  const float mean = means[meansOffset + c.channel];
  const float factor = options & HAS_WEIGHT ? weight[weightOffset + c.channel] : 1.0f;
  const float scale = factor * inverse;
  const float ofInput = -scale * inverse * product * share;
  const float summand = -scale * sum * share;
  for (int e = c.from + at.lane; e < c.to; e += at.lanes) {
    const int i = element_at(e, c.channel, s);
    const float others = MULTIPLY_ADD(ofInput, x[xOffset + i] - mean, summand);
    const float gradient = MULTIPLY_ADD(scale, dy[dyOffset + i], others);
    store_sum(dx + dxOffset + i, gradient, options & ADDS_INPUT);
  }
}

/* The channel of element e of a line. */
static inline int channel_of(int line, int e, Groups s) {
  const int group = line - divide(line, s.groups) * s.groups.value;
  return group * s.groupChannels.value + divide(e, s.spatial);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void group_norm(
    __global const float *x, int xOffset, __global const float *weight, int weightOffset,
    __global const float *bias, int biasOffset, __global float *y, int yOffset,
    __global float *means, int meansOffset, __global float *variances, int variancesOffset,
    const Groups s, float epsilon, int options) {
  __local float results[GROUP];
  const Place at = find_place(s.lanesPerLine, 0);
  const int line = min(at.line, s.lines - 1);
  const float count = (float)s.length;
  x += xOffset + line * s.length;
  y += yOffset + line * s.length;
  const float first = x[0];
  float sum = 0.0f;
  for (int e = at.lane; e < s.length; e += at.lanes) {
    sum += x[e] - first;
  }
  const float estimate = first + line_sum(sum, results, at) / count;
  float deviations = 0.0f;
  float squares = 0.0f;
  for (int e = at.lane; e < s.length; e += at.lanes) {
    const float d = x[e] - estimate;
    deviations += d;
    squares = MULTIPLY_ADD(d, d, squares);
  }
  const float correction = line_sum(deviations, results, at) / count;
  const float mean = estimate + correction;
  const float square = line_sum(squares, results, at) / count;
  const float variance = square - correction * correction;
  if (at.line >= s.lines) {
    return;
  }
  if (at.lane == 0) {
    means[meansOffset + line] = mean;
    variances[variancesOffset + line] = variance;
  }
  const float inverse = rsqrt(variance + epsilon);
  for (int e = at.lane; e < s.length; e += at.lanes) {
    const int channel = channel_of(line, e, s);
    const float factor = options & HAS_WEIGHT ? weight[weightOffset + channel] : 1.0f;
    const float summand = options & HAS_BIAS ? bias[biasOffset + channel] : 0.0f;
    y[e] = MULTIPLY_ADD((x[e] - mean) * inverse, factor, summand);
  }
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void group_norm_backward(
    __global const float *x, int xOffset, __global const float *dy, int dyOffset,
    __global const float *weight, int weightOffset, __global const float *means, int meansOffset,
    __global const float *variances, int variancesOffset, __global float *dx, int dxOffset,
    const Groups s, float epsilon, int options) {
  __local float results[GROUP];
  const Place at = find_place(s.lanesPerLine, 0);
  const int line = min(at.line, s.lines - 1);
  const float mean = means[meansOffset + line];
  const float inverse = rsqrt(variances[variancesOffset + line] + epsilon);
  x += xOffset + line * s.length;
  dy += dyOffset + line * s.length;
  dx += dxOffset + line * s.length;
  float sum = 0.0f;
  float product = 0.0f;
  for (int e = at.lane; e < s.length; e += at.lanes) {
    const int channel = channel_of(line, e, s);
    const float factor = options & HAS_WEIGHT ? weight[weightOffset + channel] : 1.0f;
    const float scaled = dy[e] * factor;
    sum += scaled;
    product = MULTIPLY_ADD(scaled, x[e] - mean, product);
  }
  const float share = inverse / (float)s.length;
  const float summand = -share * line_sum(sum, results, at);
  const float ofInput = -share * inverse * (inverse * line_sum(product, results, at));
  if (at.line >= s.lines) {
    return;
  }
  for (int e = at.lane; e < s.length; e += at.lanes) {
    const int channel = channel_of(line, e, s);
    const float factor = options & HAS_WEIGHT ? weight[weightOffset + channel] : 1.0f;
    const float others = MULTIPLY_ADD(ofInput, x[e] - mean, summand);
    const float gradient = MULTIPLY_ADD(dy[e] * factor, inverse, others);
    store_sum(dx + e, gradient, options & ADDS_INPUT);
  }
}

/* The sums of dy and of dy * normalized x of each chunk of a channel; a sample's statistics are those
 * of the channel's group. */
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void group_norm_sums(
    __global const float *x, int xOffset, __global const float *dy, int dyOffset,
    __global const float *means, int meansOffset, __global const float *variances,
    int variancesOffset, __global float *partials, int partialsOffset, const Channels s,
    int groups, const Divisor groupChannels, float epsilon) {
  __local float results[GROUP];
  const Place at = find_place(s.lanesPerLine, s.spatial.value == 1);
  const Chunk c = find_chunk(at, s);
  const int group = divide(c.channel, groupChannels);
  float sum = 0.0f;
  float product = 0.0f;
  for (int e = c.from + at.lane; e < c.to; e += at.lanes) {
    const int i = element_at(e, c.channel, s);
    const int statistic = divide(e, s.spatial) * groups + group;
    const float inverse = rsqrt(variances[variancesOffset + statistic] + epsilon);
    const float normalized = (x[xOffset + i] - means[meansOffset + statistic]) * inverse;
    const float gradient = dy[dyOffset + i];
    sum += gradient;
    product = MULTIPLY_ADD(gradient, normalized, product);
  }
  sum = line_sum(sum, results, at);
  product = line_sum(product, results, at);
  if (c.exists && at.lane == 0) {
    partials[partialsOffset + c.partial] = sum;
    partials[partialsOffset + c.partial + s.channels.value] = product;
  }
}

/* The gradients of weights and biases from the partial results of the chunks. */
__kernel void group_norm_parameters(
    __global const float *partials, int partialsOffset, __global float *dw, int dwOffset,
    __global float *db, int dbOffset, int channels, int chunks, int options) {
  const int channel = (int)get_global_id(0);
  if (channel >= channels) {
    return;
  }
  float sum = 0.0f;
  float product = 0.0f;
  for (int k = 0; k < chunks; k++) {
    const int at = partialsOffset + 2 * k * channels + channel;
    sum += partials[at];
    product += partials[at + channels];
  }
  if (options & WANTS_WEIGHT) {
    store_sum(dw + dwOffset + channel, product, options & ADDS_WEIGHT);
  }
  if (options & WANTS_BIAS) {
    store_sum(db + dbOffset + channel, sum, options & ADDS_BIAS);
  }
}
