package org.oncilla.io;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.oncilla.backend.Backend;
import org.oncilla.nn.Buffer;
import org.oncilla.nn.Module;
import org.oncilla.nn.Modules;
import org.oncilla.nn.Parameter;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Takes checkpoints of models and builds models from them. */
public final class Checkpoints {
  private static final String INPUT_SHAPE = "input_shape";
  private static final String SEED = "seed";
  private static final String BATCH_COUNT = "num_batches_tracked";
  private static final String RUNNING_MEAN = "running_mean";
  private static final String DRAWS = "random_draws";

  private Checkpoints() {}

  /**
   * The architecture, weights and buffers of a model; waits for the device.
   *
   * @param model an initialized model
   * @return a checkpoint whose maps may be added to
   */
  public static Checkpoint of(Module model) {
    float[] flat = model.parameters().values().toFloatArray();
    Map<String, HostArray> tensors = new LinkedHashMap<>();
    int offset = 0;
    for (Parameter parameter : model.parameters().list()) {
      int end = offset + parameter.shape().length();
      tensors.put(
          parameter.name(),
          new HostArray(parameter.shape(), Arrays.copyOfRange(flat, offset, end)));
      offset = end;
    }
    for (Buffer buffer : model.buffers()) {
      tensors.put(buffer.name(), new HostArray(buffer.shape(), buffer.value().toFloatArray()));
    }
    Map<String, String> state = new LinkedHashMap<>();
    state.put(
        INPUT_SHAPE,
        Arrays.stream(model.inputShape().sizes())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",")));
    state.put(SEED, Long.toString(model.randomStreams().seed()));
    state.put(DRAWS, Long.toString(model.randomStreams().draws()));
    return new Checkpoint(model.config(), tensors, state);
  }

  /**
   * Builds the model of a checkpoint, with its weights.
   *
   * @throws IllegalArgumentException if it lacks an architecture, or weights do not fit
   */
  public static Module model(Checkpoint checkpoint, Backend backend) {
    if (checkpoint.architecture() == null) {
      throw new IllegalArgumentException(
          "the checkpoint holds weights only, no architecture; build the model in code and use"
              + " Checkpoints.restore");
    }
    Module model = Modules.create(checkpoint.architecture());
    model.initialize(backend, inputShape(checkpoint), number(checkpoint, SEED));
    try {
      restore(checkpoint, model);
      return model;
    } catch (RuntimeException | Error failure) {
      model.close();
      throw failure;
    }
  }

  /**
   * Overwrites the weights and buffers of an initialized model. Nothing changes unless every one of
   * them fits.
   *
   * @throws IllegalArgumentException naming the weight that is missing, too many, or of another
   *     shape
   */
  public static void restore(Checkpoint checkpoint, Module model) {
    for (Parameter parameter : model.parameters().list()) {
      require(checkpoint, parameter.name(), parameter.shape());
    }
    Set<String> buffers = new HashSet<>();
    for (Buffer buffer : model.buffers()) {
      require(checkpoint, buffer.name(), buffer.shape());
      buffers.add(buffer.name());
    }
    for (String name : checkpoint.tensors().keySet()) {
      boolean known = buffers.contains(name) || model.parameters().find(name) != null;
      if (!known && !countsBatches(name, buffers) && !isOfTraining(name)) {
        throw new IllegalArgumentException(
            "the checkpoint holds a tensor " + name + ", which the model has not");
      }
    }
    for (Parameter parameter : model.parameters().list()) {
      parameter.value().copyFrom(checkpoint.tensors().get(parameter.name()).values());
    }
    for (Buffer buffer : model.buffers()) {
      buffer.value().copyFrom(checkpoint.tensors().get(buffer.name()).values());
    }
    if (checkpoint.state().containsKey(DRAWS)) {
      model.randomStreams().restore(number(checkpoint, SEED), number(checkpoint, DRAWS));
    }
  }

  private static boolean isOfTraining(String name) {
    return name.startsWith(Checkpoint.OPTIMIZER) || name.startsWith(Checkpoint.EARLY_STOPPING);
  }

  /** PyTorch counts batches beside running statistics; their update here does not need it. */
  private static boolean countsBatches(String name, Set<String> buffers) {
    return name.endsWith(BATCH_COUNT)
        && buffers.contains(name.substring(0, name.length() - BATCH_COUNT.length()) + RUNNING_MEAN);
  }

  /** Overwrites a tensor by one of a checkpoint. */
  public static void restore(Checkpoint checkpoint, String name, Tensor target) {
    target.copyFrom(require(checkpoint, name, target.shape()).values());
  }

  /** Shape of one sample that the model of a checkpoint takes. */
  public static Shape inputShape(Checkpoint checkpoint) {
    String text = text(checkpoint, INPUT_SHAPE);
    if (text.isEmpty()) {
      return Shape.SCALAR;
    }
    try {
      return Shape.of(Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "the checkpoint's " + INPUT_SHAPE + " is \"" + text + "\", not sizes with commas",
          malformed);
    }
  }

  /**
   * A whole number of a checkpoint's state.
   *
   * @throws IllegalArgumentException if it is missing or no number
   */
  public static long number(Checkpoint checkpoint, String key) {
    String text = text(checkpoint, key);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "the checkpoint's " + key + " is \"" + text + "\", not a whole number", malformed);
    }
  }

  /**
   * A number of a checkpoint's state.
   *
   * @throws IllegalArgumentException if it is missing or no number
   */
  public static double real(Checkpoint checkpoint, String key) {
    String text = text(checkpoint, key);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "the checkpoint's " + key + " is \"" + text + "\", not a number", malformed);
    }
  }

  /** Adds another checkpoint of the same model, under names that start with a prefix. */
  public static void add(Checkpoint whole, String prefix, Checkpoint part) {
    part.tensors().forEach((name, tensor) -> whole.tensors().put(prefix + name, tensor));
    part.state().forEach((name, value) -> whole.state().put(prefix + name, value));
  }

  /** The checkpoint that {@link #add} put into another one. */
  public static Checkpoint part(Checkpoint whole, String prefix) {
    Map<String, HostArray> tensors = new LinkedHashMap<>();
    whole
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
              }
            });
    return new Checkpoint(whole.architecture(), tensors, state(whole, prefix));
  }

  /** The part of a checkpoint's state whose names start with a prefix, without it. */
  public static Map<String, String> state(Checkpoint checkpoint, String prefix) {
    Map<String, String> part = new LinkedHashMap<>();
    checkpoint
        .state()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), value);
              }
            });
    return part;
  }

  private static String text(Checkpoint checkpoint, String key) {
    String text = checkpoint.state().get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          "the checkpoint lacks " + key + "; it holds " + checkpoint.state().keySet());
    }
    return text;
  }

  private static HostArray require(Checkpoint checkpoint, String name, Shape shape) {
    HostArray array = checkpoint.tensors().get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "the checkpoint lacks the tensor "
              + name
              + " of shape "
              + shape
              + "; it holds "
              + checkpoint.tensors().keySet());
    }
    if (!array.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "the checkpoint's tensor "
              + name
              + " has shape "
              + array.shape()
              + ", but the model's has shape "
              + shape);
    }
    return array;
  }
}
