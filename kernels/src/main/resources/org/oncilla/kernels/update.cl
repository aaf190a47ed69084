/* Optimizer steps over one flat range of parameters: LANES consecutive parameters a work-item, one
 * launch a model.
 *
 *   parameters  p p p p p p p p ...
 *   gradients   g g g g g g g g ...
 *   state       v v v v v v v v ...     (several of these, as the optimizer needs)
 *   work-item   0 0 0 0 1 1 1 1 ...     with LANES = 4
 */

/* VELOCITY: 0 none, 1 starts at the gradient, 2 goes on. */
__kernel void sgd(__global float *parameters, int parametersOffset, __global const float *gradients,
                  int gradientsOffset, __global float *velocities, int velocitiesOffset, int count,
                  float learningRate, float momentum, float gradientShare, int nesterov,
                  float weightDecay, int velocity) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  velocities += velocitiesOffset + index;
  const REAL p = load_lanes(parameters, left);
  const REAL d = MULTIPLY_ADD((REAL)(weightDecay), p,
                              load_lanes(gradients + gradientsOffset + index, left));
  REAL direction = d;
  if (velocity) {
    REAL v = d;
    if (velocity == 2) {
      v = (REAL)(momentum) * load_lanes(velocities, left) + (REAL)(gradientShare) * d;
    }
    store_lanes(v, velocities, left);
    direction = nesterov ? d + (REAL)(momentum) * v : v;
  }
  store_lanes(p - (REAL)(learningRate) * direction, parameters, left);
}

/* Rounding may take a variance below 0, of which there is no root; a NaN stays one. */
__kernel void rmsprop(__global float *parameters, int parametersOffset,
                      __global const float *gradients, int gradientsOffset,
                      __global float *squares, int squaresOffset, __global float *velocities,
                      int velocitiesOffset, __global float *averages, int averagesOffset, int count,
                      float learningRate, float alpha, float share, float epsilon, float momentum,
                      int hasMomentum, int centered, float weightDecay) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  squares += squaresOffset + index;
  const REAL p = load_lanes(parameters, left);
  const REAL d = MULTIPLY_ADD((REAL)(weightDecay), p,
                              load_lanes(gradients + gradientsOffset + index, left));
  REAL variance = (REAL)(alpha) * load_lanes(squares, left) + (REAL)(share) * d * d;
  store_lanes(variance, squares, left);
  if (centered) {
    averages += averagesOffset + index;
    const REAL average = (REAL)(alpha) * load_lanes(averages, left) + (REAL)(share) * d;
    store_lanes(average, averages, left);
    variance -= average * average;
    variance = select(variance, (REAL)(0.0f), variance < (REAL)(0.0f));
  }
  REAL direction = d / (sqrt(variance) + (REAL)(epsilon));
  if (hasMomentum) {
    velocities += velocitiesOffset + index;
    direction = MULTIPLY_ADD((REAL)(momentum), load_lanes(velocities, left), direction);
    store_lanes(direction, velocities, left);
  }
  store_lanes(p - (REAL)(learningRate) * direction, parameters, left);
}

__kernel void adagrad(__global float *parameters, int parametersOffset,
                      __global const float *gradients, int gradientsOffset, __global float *squares,
                      int squaresOffset, int count, float stepSize, float epsilon,
                      float weightDecay) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  squares += squaresOffset + index;
  const REAL p = load_lanes(parameters, left);
  const REAL d = MULTIPLY_ADD((REAL)(weightDecay), p,
                              load_lanes(gradients + gradientsOffset + index, left));
  const REAL sum = MULTIPLY_ADD(d, d, load_lanes(squares, left));
  store_lanes(sum, squares, left);
  store_lanes(p - (REAL)(stepSize) * d / (sqrt(sum) + (REAL)(epsilon)), parameters, left);
}

__kernel void adadelta(__global float *parameters, int parametersOffset,
                       __global const float *gradients, int gradientsOffset,
                       __global float *squares, int squaresOffset, __global float *deltas,
                       int deltasOffset, int count, float learningRate, float rho, float share,
                       float epsilon, float weightDecay) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  squares += squaresOffset + index;
  deltas += deltasOffset + index;
  const REAL p = load_lanes(parameters, left);
  const REAL d = MULTIPLY_ADD((REAL)(weightDecay), p,
                              load_lanes(gradients + gradientsOffset + index, left));
  const REAL v = (REAL)(rho) * load_lanes(squares, left) + (REAL)(share) * d * d;
  store_lanes(v, squares, left);
  const REAL u = load_lanes(deltas, left);
  const REAL delta = sqrt(u + (REAL)(epsilon)) / sqrt(v + (REAL)(epsilon)) * d;
  store_lanes((REAL)(rho) * u + (REAL)(share) * delta * delta, deltas, left);
  store_lanes(p - (REAL)(learningRate) * delta, parameters, left);
}

__kernel void adam(__global float *parameters, int parametersOffset,
                   __global const float *gradients, int gradientsOffset, __global float *first,
                   int firstOffset, __global float *second, int secondOffset,
                   __global float *largest, int largestOffset, int count, float stepSize,
                   float beta1, float share1, float beta2, float share2, float epsilon,
                   float rootCorrection2, float gradientDecay, float keep, int amsgrad) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  first += firstOffset + index;
  second += secondOffset + index;
  const REAL p = load_lanes(parameters, left);
  const REAL g = MULTIPLY_ADD((REAL)(gradientDecay), p,
                              load_lanes(gradients + gradientsOffset + index, left));
  const REAL m = (REAL)(beta1) * load_lanes(first, left) + (REAL)(share1) * g;
  REAL v = (REAL)(beta2) * load_lanes(second, left) + (REAL)(share2) * g * g;
  store_lanes(m, first, left);
  store_lanes(v, second, left);
  if (amsgrad) {
    largest += largestOffset + index;
    const REAL before = load_lanes(largest, left);
    v = select(v, before, before > v || before != before);
    store_lanes(v, largest, left);
  }
  const REAL scale = sqrt(v) / (REAL)(rootCorrection2) + (REAL)(epsilon);
  store_lanes((REAL)(keep) * p - (REAL)(stepSize) * m / scale, parameters, left);
}

__kernel void nadam(__global float *parameters, int parametersOffset,
                    __global const float *gradients, int gradientsOffset, __global float *first,
                    int firstOffset, __global float *second, int secondOffset, int count,
                    float momentStep, float gradientStep, float beta1, float share1, float beta2,
                    float share2, float epsilon, float rootCorrection2, float weightDecay) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  first += firstOffset + index;
  second += secondOffset + index;
  const REAL p = load_lanes(parameters, left);
  const REAL g = MULTIPLY_ADD((REAL)(weightDecay), p,
                              load_lanes(gradients + gradientsOffset + index, left));
  const REAL m = (REAL)(beta1) * load_lanes(first, left) + (REAL)(share1) * g;
  const REAL v = (REAL)(beta2) * load_lanes(second, left) + (REAL)(share2) * g * g;
  store_lanes(m, first, left);
  store_lanes(v, second, left);
  const REAL scale = sqrt(v) / (REAL)(rootCorrection2) + (REAL)(epsilon);
  store_lanes(p - ((REAL)(momentStep) * m + (REAL)(gradientStep) * g) / scale, parameters, left);
}

/* The built-in sign would make 0 of NaN. */
__kernel void lion(__global float *parameters, int parametersOffset,
                   __global const float *gradients, int gradientsOffset, __global float *first,
                   int firstOffset, int count, float learningRate, float beta1, float share1,
                   float beta2, float share2, float keep) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  const int left = count - index;
  parameters += parametersOffset + index;
  first += firstOffset + index;
  const REAL g = load_lanes(gradients + gradientsOffset + index, left);
  const REAL m = load_lanes(first, left);
  REAL direction = (REAL)(beta1) * m + (REAL)(share1) * g;
  direction = select(direction, (REAL)(1.0f), direction > (REAL)(0.0f));
  direction = select(direction, (REAL)(-1.0f), direction < (REAL)(0.0f));
  store_lanes((REAL)(keep) * load_lanes(parameters, left) - (REAL)(learningRate) * direction,
              parameters, left);
  store_lanes((REAL)(beta2) * m + (REAL)(share2) * g, first, left);
}
