package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.tensor.Interpolation;

/** Images padded, enlarged, and averaged to a given size. */
final class ResamplingCases {
  private ResamplingCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(23);
    List<OperationCase> cases = new ArrayList<>();
    cases.add(pad(draw, new int[] {2, 3, 4, 5}, 1, 2, 3, 0));
    cases.add(pad(draw, new int[] {2, 3}, 0, 1));
    cases.add(pad(draw, new int[] {2, 3}, 0, 0, 2, 0));
    cases.add(pad(draw, new int[] {2, 3}, 0, 0, 0, 0));
    cases.add(pad(draw, new int[] {2, 1, 3}, 1, 1, 2, 0, 0, 1));
    cases.add(pad(draw, new int[0]));
    for (Interpolation mode : Interpolation.values()) {
      cases.add(upsample(draw, mode, 2, 2, 2, 3, 3, 4));
      cases.add(upsample(draw, mode, 3, 1, 1, 2, 2, 5));
      cases.add(upsample(draw, mode, 1, 4, 2, 1, 1, 1));
    }
    // Means of all, equal windows, overlapping ones, more windows than elements.
    cases.add(adaptive2d(draw, 1, 1, 2, 3, 4, 5));
    cases.add(adaptive2d(draw, 2, 3, 2, 2, 4, 6));
    cases.add(adaptive2d(draw, 3, 2, 1, 2, 7, 5));
    cases.add(adaptive2d(draw, 7, 2, 2, 1, 5, 4));
    cases.add(adaptive1d(draw, 1, 2, 3, 7));
    cases.add(adaptive1d(draw, 4, 2, 3, 8));
    cases.add(adaptive1d(draw, 3, 2, 2, 8));
    return cases;
  }

  private static OperationCase pad(Draw draw, int[] sizes, int... widths) {
    int[] before = new int[sizes.length];
    int[] result = sizes.clone();
    for (int i = 0; i < widths.length; i += 2) {
      int axis = sizes.length - 1 - i / 2;
      before[axis] = widths[i];
      result[axis] += widths[i] + widths[i + 1];
    }
    return new OperationCase(
        "pad " + Arrays.toString(sizes) + " by " + Arrays.toString(widths),
        List.of(draw.values(sizes)),
        x -> x[0].pad(widths),
        x ->
            HostTensor.fill(
                result,
                index -> {
                  int[] at = index.clone();
                  boolean inside = true;
                  for (int axis = 0; axis < at.length; axis++) {
                    at[axis] -= before[axis];
                    inside &= at[axis] >= 0 && at[axis] < sizes[axis];
                  }
                  return inside ? x[0].at(at) : 0;
                }));
  }

  private static OperationCase upsample(
      Draw draw, Interpolation mode, int heightFactor, int widthFactor, int... sizes) {
    int[] result = {sizes[0], sizes[1], sizes[2] * heightFactor, sizes[3] * widthFactor};
    return new OperationCase(
        "upsample " + Arrays.toString(sizes) + " " + heightFactor + "x" + widthFactor + " " + mode,
        List.of(draw.values(sizes)),
        x -> x[0].upsample(heightFactor, widthFactor, mode),
        x ->
            HostTensor.fill(
                result,
                at ->
                    mode == Interpolation.NEAREST
                        ? x[0].at(at[0], at[1], at[2] / heightFactor, at[3] / widthFactor)
                        : bilinear(
                            x[0],
                            at,
                            (at[2] + 0.5) / heightFactor - 0.5,
                            (at[3] + 0.5) / widthFactor - 0.5)));
  }

  /** The value between pixel centres, of an image whose outermost pixels go on for ever. */
  private static double bilinear(HostTensor x, int[] at, double row, double column) {
    double sum = 0;
    for (int i = (int) Math.floor(row); i <= Math.floor(row) + 1; i++) {
      for (int j = (int) Math.floor(column); j <= Math.floor(column) + 1; j++) {
        double weight = (1 - Math.abs(row - i)) * (1 - Math.abs(column - j));
        int insideRow = Math.max(0, Math.min(x.size(2) - 1, i));
        int insideColumn = Math.max(0, Math.min(x.size(3) - 1, j));
        sum += weight * x.at(at[0], at[1], insideRow, insideColumn);
      }
    }
    return sum;
  }

  private static OperationCase adaptive2d(Draw draw, int height, int width, int... sizes) {
    return new OperationCase(
        "adaptiveAvgPool2d " + Arrays.toString(sizes) + " to " + height + "x" + width,
        List.of(draw.values(sizes)),
        x -> x[0].adaptiveAvgPool2d(height, width),
        x ->
            HostTensor.fill(
                new int[] {sizes[0], sizes[1], height, width},
                at -> mean(x[0], at, height, width)));
  }

  private static double mean(HostTensor x, int[] at, int height, int width) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < x.size(2); row++) {
      for (int column = 0; column < x.size(3); column++) {
        if (inWindow(row, at[2], x.size(2), height) && inWindow(column, at[3], x.size(3), width)) {
          sum += x.at(at[0], at[1], row, column);
          count++;
        }
      }
    }
    return sum / count;
  }

  /** Whether element i, as the interval i … i + 1, meets the window'th of out equal intervals. */
  private static boolean inWindow(int i, int window, int in, int out) {
    return i * out < (window + 1) * in && (i + 1) * out > window * in;
  }

  private static OperationCase adaptive1d(Draw draw, int length, int... sizes) {
    return new OperationCase(
        "adaptiveAvgPool1d " + Arrays.toString(sizes) + " to " + length,
        List.of(draw.values(sizes)),
        x -> x[0].adaptiveAvgPool1d(length),
        x ->
            HostTensor.fill(
                new int[] {sizes[0], sizes[1], length},
                at -> {
                  double sum = 0;
                  int count = 0;
                  for (int i = 0; i < sizes[2]; i++) {
                    if (inWindow(i, at[2], sizes[2], length)) {
                      sum += x[0].at(at[0], at[1], i);
                      count++;
                    }
                  }
                  return sum / count;
                }));
  }
}
