package org.oncilla.data;

/** Checks of class labels that data sets share. */
final class Labels {
  private Labels() {}

  /** The labels as integers, each checked. */
  static int[] ofBytes(String owner, byte[] bytes, int offset, int count, int classes) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = bytes[offset + i] & 0xFF;
    }
    return checked(owner, labels, classes);
  }

  /** The labels themselves, each checked. */
  static int[] checked(String owner, int[] labels, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(owner + ": at least 1 class is needed, not " + classes);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            owner
                + ": sample "
                + i
                + " has label "
                + labels[i]
                + ", but "
                + classes
                + " classes allow 0 … "
                + (classes - 1));
      }
    }
    return labels;
  }
}
