package org.oncilla.loss;

/** What a loss takes for the predictions of a model. */
public enum PredictionKind {
  /** Any numbers, the larger the likelier: a softmax or sigmoid, where there is one, is applied. */
  LOGITS,
  /** Numbers in [0, 1], such as those of a sigmoid or softmax. */
  PROBABILITIES,
  /** Natural logarithms of probabilities, at most 0, such as those of a log-softmax. */
  LOG_PROBABILITIES,
  /** Values in whatever range the targets have. */
  VALUES
}
