package org.oncilla.optim;

import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * Adam and AdamW, which differ in their weight decay alone.
 *
 * @param <T> the optimizer itself
 */
abstract class AdamOptimizer<T extends AdamOptimizer<T>> extends MomentOptimizer<T> {
  private static final String LARGEST = "largest_second_moment";

  private final boolean decoupled;
  private boolean amsgrad;

  AdamOptimizer(double learningRate, boolean decoupled) {
    super(learningRate);
    this.decoupled = decoupled;
  }

  /**
   * Divides by the largest second moment so far, so that steps do not grow again (Reddi, Kale and
   * Kumar, "On the Convergence of Adam and Beyond", 2018). Before training.
   */
  public T amsgrad(boolean largest) {
    requireBeforeTraining("amsgrad");
    amsgrad = largest;
    return self();
  }

  @Override
  protected List<String> stateNames() {
    return amsgrad ? List.of(FIRST, SECOND, LARGEST) : List.of(FIRST, SECOND);
  }

  @Override
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.adam(
        new UpdateKernels.Adam(
            range.learningRate(),
            beta1(),
            beta2(),
            epsilon(),
            range.weightDecay(),
            decoupled,
            amsgrad,
            steps()),
        range.parameters(),
        range.gradients(),
        range.state(FIRST),
        range.state(SECOND),
        range.state(LARGEST));
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = super.hyperparameters();
    settings.put("amsgrad", amsgrad);
    return settings;
  }
}
