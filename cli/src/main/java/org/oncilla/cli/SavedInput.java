package org.oncilla.cli;

import java.util.List;
import org.oncilla.data.Normalization;
import org.oncilla.datasets.Mnist;
import org.oncilla.nn.Module;
import org.oncilla.tensor.Shape;

/**
 * How images become a saved model's inputs, and what its outputs mean: as its file says, else as
 * for a data set.
 *
 * @param file of the model
 * @param data the data set to ask for what the file does not say; null without
 */
record SavedInput(ModelFile file, DataChoice data) {
  private static final String COMMA = ",";
  private static final String LINE = "\n";

  /**
   * The classes' names; a label is an index into them.
   *
   * @param network the model, initialized
   */
  List<String> classNames(Module network) {
    Shape output = network.outputShape();
    if (output.rank() != 1) {
      throw new CommandException(
          file.path()
              + " gives outputs of shape "
              + output
              + ", so it is no classifier, which gives one number for each class: [K]");
    }
    String names = file.state(ModelInput.CLASSES);
    if (names == null) {
      return dataFor("its classes").classNames(output.size(0));
    }
    List<String> saved = List.of(names.split(LINE));
    if (saved.size() != output.size(0)) {
      throw new CommandException(
          "%s names %d classes, but tells %d apart; it is altered"
              .formatted(file.path(), saved.size(), output.size(0)));
    }
    return saved;
  }

  /** What was done to the pixels of the training images. */
  Normalization normalization() {
    String means = file.state(ModelInput.MEAN);
    String deviations = file.state(ModelInput.DEVIATION);
    if (means == null || deviations == null) {
      return dataFor("how pixels are normalized").normalization();
    }
    try {
      return Normalization.perChannel(floats(means), floats(deviations));
    } catch (IllegalArgumentException malformed) {
      throw new CommandException(
          file.path() + ": its normalization is unusable: " + malformed.getMessage(), malformed);
    }
  }

  /** Whether the training images show something dark on a light background. */
  boolean lightBackground() {
    String background = file.state(ModelInput.BACKGROUND);
    return background == null
        ? dataFor("the background of its training images").lightBackground()
        : background.equals(ModelInput.LIGHT);
  }

  /** Whether the training images are gray digits that are framed as those of MNIST are. */
  boolean digits() {
    String name = file.state(ModelInput.DATA);
    if (name == null && data != null) {
      name = data.name();
    }
    return Mnist.DATASET.name().equals(name) && file.inputShape().size(0) == 1;
  }

  private DataChoice dataFor(String missing) {
    if (data == null) {
      throw new CommandException(
          file.path()
              + " does not say "
              + missing
              + "; name the data set that it was trained on with --data, one of "
              + DataOptions.choices());
    }
    return data;
  }

  private static float[] floats(String text) {
    String[] parts = text.split(COMMA);
    float[] values = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = Float.parseFloat(parts[i]);
    }
    return values;
  }
}
