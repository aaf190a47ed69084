package org.oncilla.train;

import org.oncilla.loss.Loss;
import org.oncilla.loss.PredictionKind;
import org.oncilla.nn.Activation;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Linear;
import org.oncilla.nn.LogSoftmax;
import org.oncilla.nn.Module;
import org.oncilla.nn.Softmax;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log where a model ends in another kind of numbers than its loss takes. */
final class ModelEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ModelEnd.class);

  private ModelEnd() {}

  static void warnUnlessFitting(Module model, Loss loss) {
    Module last = model.lastModule();
    PredictionKind given = kindOf(last);
    PredictionKind expected = loss.expects();
    if (given == null || expected == PredictionKind.VALUES || given == expected) {
      return;
    }
    if (expected == PredictionKind.LOGITS && given == PredictionKind.VALUES) {
      return;
    }
    LOG.warn(
        "{} takes {}, but the model ends in {}; {}",
        loss.getClass().getSimpleName(),
        described(expected),
        last.getClass().getSimpleName(),
        remedy(expected));
  }

  /** Null where it is not known, as of modules of one's own. */
  private static PredictionKind kindOf(Module last) {
    if (last instanceof Softmax) {
      return PredictionKind.PROBABILITIES;
    }
    if (last instanceof LogSoftmax) {
      return PredictionKind.LOG_PROBABILITIES;
    }
    if (last instanceof Activation activation) {
      return kindOf(activation);
    }
    boolean weighted =
        last instanceof Linear
            || last instanceof Conv1d
            || last instanceof Conv2d
            || last instanceof ConvTranspose2d;
    return weighted ? PredictionKind.VALUES : null;
  }

  private static PredictionKind kindOf(Activation activation) {
    return switch (activation.op()) {
      case SIGMOID, HARD_SIGMOID -> PredictionKind.PROBABILITIES;
      case RELU, TANH, LEAKY_RELU, ELU, SELU, GELU, SILU, SOFTPLUS -> PredictionKind.VALUES;
      default -> null;
    };
  }

  private static String described(PredictionKind kind) {
    return switch (kind) {
      case LOGITS -> "logits, which may be any numbers";
      case PROBABILITIES -> "probabilities";
      case LOG_PROBABILITIES -> "logarithms of probabilities";
      case VALUES -> "values";
    };
  }

  private static String remedy(PredictionKind expected) {
    return switch (expected) {
      case LOGITS -> "leave that layer out, and apply it to predictions alone";
      case PROBABILITIES ->
          "end it in Sigmoid or Softmax, or leave it and train with a loss of logits, such as"
              + " BceWithLogitsLoss";
      case LOG_PROBABILITIES -> "end it in LogSoftmax";
      case VALUES -> throw new IllegalArgumentException("values are whatever the targets are");
    };
  }
}
