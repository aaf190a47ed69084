/* Optimizer steps over one flat range of parameters: LANES consecutive parameters a work-item, one
 * launch a model.
 *
 *   parameters  p p p p p p p p ...
 *   gradients   g g g g g g g g ...
 *   state       v v v v v v v v ...     (m and v for Adam)
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

__kernel void adam(__global float *parameters, int parametersOffset,
                   __global const float *gradients, int gradientsOffset, __global float *first,
                   int firstOffset, __global float *second, int secondOffset, int count,
                   float stepSize, float beta1, float share1, float beta2, float share2,
                   float epsilon, float rootCorrection2, float gradientDecay, float keep) {
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
  const REAL v = (REAL)(beta2) * load_lanes(second, left) + (REAL)(share2) * g * g;
  store_lanes(m, first, left);
  store_lanes(v, second, left);
  const REAL scale = sqrt(v) / (REAL)(rootCorrection2) + (REAL)(epsilon);
  store_lanes((REAL)(keep) * p - (REAL)(stepSize) * m / scale, parameters, left);
}
