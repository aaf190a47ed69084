package org.oncilla.nn;

import java.util.List;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** How results of several branches become one. */
enum Join {
  /** Element by element; all shapes are equal. */
  SUM("Sum") {
    @Override
    Shape shape(List<String> names, List<Shape> samples) {
      for (int i = 1; i < samples.size(); i++) {
        if (!samples.get(i).equals(samples.get(0))) {
          throw new IllegalArgumentException(
              "sum: needs one shape, but "
                  + gives(names, samples, 0)
                  + " and "
                  + gives(names, samples, i)
                  + "; give the one that differs a layer that changes its shape, as new"
                  + " Conv2d(channels, 1).stride(stride) does on a shortcut");
        }
      }
      return samples.get(0);
    }

    @Override
    Tensor forward(Tensor[] values) {
      Tensor sum = values[0].add(values[1]);
      for (int i = 2; i < values.length; i++) {
        try (Tensor before = sum) {
          sum = before.add(values[i]);
        }
      }
      return sum;
    }
  },

  /** One after the other along the first axis of a sample; the other sizes are equal. */
  CONCAT("Concat") {
    @Override
    Shape shape(List<String> names, List<Shape> samples) {
      Shape first = samples.get(0);
      if (first.rank() == 0) {
        throw new IllegalArgumentException(
            "concat: needs samples with an axis, but " + gives(names, samples, 0));
      }
      int total = 0;
      for (int i = 0; i < samples.size(); i++) {
        Shape sample = samples.get(i);
        if (sample.rank() != first.rank() || !sample.with(0, 1).equals(first.with(0, 1))) {
          throw new IllegalArgumentException(
              "concat: samples may differ in their channels alone, the first axis, but "
                  + gives(names, samples, 0)
                  + " and "
                  + gives(names, samples, i)
                  + "; let padding and strides give every branch the same rows and columns");
        }
        total = Math.addExact(total, sample.size(0));
      }
      return first.with(0, total);
    }

    @Override
    Tensor forward(Tensor[] values) {
      return Tensor.concat(1, values);
    }
  };

  private final String type;

  Join(String type) {
    this.type = type;
  }

  /**
   * The join of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Join of(String type) {
    for (Join join : values()) {
      if (join.type.equals(type)) {
        return join;
      }
    }
    throw new IllegalArgumentException(
        "no way to join results is called \"" + type + "\"; there are Sum and Concat");
  }

  /** Its name in summaries and messages. */
  String type() {
    return type;
  }

  /**
   * Shape of one sample of the result.
   *
   * @param names of what is joined, for messages
   * @param samples their shapes without the batch axis
   */
  abstract Shape shape(List<String> names, List<Shape> samples);

  /** Joins at least two batches. */
  abstract Tensor forward(Tensor[] values);

  private static String gives(List<String> names, List<Shape> samples, int index) {
    return names.get(index) + " gives " + samples.get(index);
  }
}
