package org.oncilla.opencl;

/**
 * How the lines of a reduction, a line being what one sum runs over, are shared by work-items and
 * cut into chunks, so that few long lines keep a device busy too.
 */
final class LineCut {
  /** Elements a work-item should have before another one shares its line. */
  private static final int ELEMENTS_PER_LANE = 4;

  /** Neighbouring lines that are read together where lines lie side by side. */
  private static final int NEIGHBOURS = 16;

  /** Work-groups a unit should have. */
  private static final int GROUPS_PER_UNIT = 4;

  /** Elements a work-item should have before its line is cut into chunks. */
  private static final int ELEMENTS_PER_CHUNK_LANE = 64;

  private LineCut() {}

  /**
   * Work-items that share a line, a power of two; fewer where neighbouring lines are read together.
   *
   * @param neighbours whether neighbouring elements belong to neighbouring lines, not to one
   * @param group work-items of a group
   */
  static int lanes(LaunchProfile profile, boolean neighbours, int lines, int elements, int group) {
    int useful = profile.lanesOfLine(elements, ELEMENTS_PER_LANE, group);
    if (!neighbours) {
      return useful;
    }
    boolean enoughLines = lines >= (long) profile.units() * 2 * group;
    int most = Math.max(1, group / NEIGHBOURS);
    return enoughLines ? 1 : Math.min(most, useful);
  }

  /** The length of a chunk: all elements where the lines alone keep the device busy. */
  static int chunk(LaunchProfile profile, boolean neighbours, int lines, int elements, int group) {
    int lanes = lanes(profile, neighbours, lines, elements, group);
    long wanted = (long) GROUPS_PER_UNIT * profile.units() * group;
    long items = (long) lines * lanes;
    long most = elements / ((long) ELEMENTS_PER_CHUNK_LANE * lanes);
    if (items >= wanted || most < 2) {
      return elements;
    }
    int chunks = (int) Math.min(most, (wanted - 1) / items + 1);
    return (elements - 1) / chunks + 1;
  }
}
