package org.oncilla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oncilla.data.Normalization;
import org.oncilla.io.Checkpoint;

/**
 * What must be known of the training images to use a model on others; kept in its file.
 *
 * @param data name of the data set
 * @param classNames a label is an index into them
 * @param normalization of pixels
 * @param lightBackground whether they show something dark on a light background
 */
record ModelInput(
    String data, List<String> classNames, Normalization normalization, boolean lightBackground) {
  static final String DATA = "data";

  private static final String CLASSES = "classes";
  private static final String MEAN = "normalization.mean";
  private static final String DEVIATION = "normalization.deviation";
  private static final String BACKGROUND = "background";
  private static final String LIGHT = "light";
  private static final String DARK = "dark";
  private static final String LINE = "\n";
  private static final String COMMA = ",";

  /** Adds this to the state of a checkpoint. */
  void save(Map<String, String> state) {
    List<String> means = new ArrayList<>();
    List<String> deviations = new ArrayList<>();
    for (int channel = 0; channel < normalization.channels(); channel++) {
      means.add(Float.toString(normalization.mean(channel)));
      deviations.add(Float.toString(normalization.deviation(channel)));
    }
    state.put(DATA, data);
    state.put(CLASSES, String.join(LINE, classNames));
    state.put(MEAN, String.join(COMMA, means));
    state.put(DEVIATION, String.join(COMMA, deviations));
    state.put(BACKGROUND, lightBackground ? LIGHT : DARK);
  }

  /** Reads what {@link #save} added. */
  static ModelInput of(ModelFile file) {
    Checkpoint checkpoint = file.checkpoint();
    for (String key : List.of(DATA, CLASSES, MEAN, DEVIATION, BACKGROUND)) {
      if (!checkpoint.state().containsKey(key)) {
        throw new CommandException(
            file.path()
                + " does not tell how images become its inputs: "
                + key
                + " is missing. Use a model that oncilla train saved");
      }
    }
    Map<String, String> state = checkpoint.state();
    return new ModelInput(
        state.get(DATA),
        List.of(state.get(CLASSES).split(LINE)),
        normalization(file, state.get(MEAN), state.get(DEVIATION)),
        state.get(BACKGROUND).equals(LIGHT));
  }

  private static Normalization normalization(ModelFile file, String means, String deviations) {
    try {
      return Normalization.perChannel(floats(means), floats(deviations));
    } catch (IllegalArgumentException malformed) {
      throw new CommandException(
          file.path() + ": its normalization is unusable: " + malformed.getMessage(), malformed);
    }
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
