package org.oncilla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oncilla.data.Normalization;

/**
 * What must be known of the training images to use a model on others; kept in its file, where
 * {@link SavedInput} finds it.
 *
 * @param data name of the data set
 * @param classNames a label is an index into them
 * @param normalization of pixels
 * @param lightBackground whether they show something dark on a light background
 */
record ModelInput(
    String data, List<String> classNames, Normalization normalization, boolean lightBackground) {
  static final String DATA = "data";
  static final String CLASSES = "classes";
  static final String MEAN = "normalization.mean";
  static final String DEVIATION = "normalization.deviation";
  static final String BACKGROUND = "background";
  static final String LIGHT = "light";

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
}
