package org.oncilla.data;

import java.util.List;
import org.oncilla.tensor.Shape;

/** Texts and their classes, to be made into sequences of indices. Immutable. */
public final class LabelledTexts {
  private static final String NAME = "LabelledTexts";

  private final List<String> texts;
  private final int[] labels;
  private final List<String> classNames;

  /**
   * Texts with the class of each.
   *
   * @param classNames a label is an index into them
   * @throws IllegalArgumentException if the numbers do not fit or a label is out of range
   */
  public LabelledTexts(List<String> texts, int[] labels, List<String> classNames) {
    if (texts.size() != labels.length || labels.length == 0) {
      throw new IllegalArgumentException(
          NAME
              + ": needs one label for each text and at least 1 text, but there are "
              + texts.size()
              + " texts and "
              + labels.length
              + " labels");
    }
    this.texts = List.copyOf(texts);
    this.labels = Labels.checked(NAME, labels.clone(), classNames.size());
    this.classNames = List.copyOf(classNames);
  }

  /** The texts. */
  public List<String> texts() {
    return texts;
  }

  /** The class of each text. */
  public int[] labels() {
    return labels.clone();
  }

  /** The classes' names; a label is an index into them. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * The texts as sequences of words' indices, of shape [length].
   *
   * @param vocabulary fitted on training texts
   * @param length words taken of each text; shorter ones are padded
   */
  public ArrayDataset encoded(Vocabulary vocabulary, int length) {
    int[] indices = new int[Math.multiplyExact(texts.size(), Math.max(0, length))];
    for (int i = 0; i < texts.size(); i++) {
      System.arraycopy(vocabulary.encode(texts.get(i), length), 0, indices, i * length, length);
    }
    return ArrayDataset.ofLabels(Shape.of(length), indices, labels, classNames.size());
  }
}
