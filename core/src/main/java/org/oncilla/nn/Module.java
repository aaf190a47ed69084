package org.oncilla.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A part of a network: a layer, or a composition of layers.
 *
 * <p>Import it by name: {@code import org.oncilla.nn.*} leaves {@code Module} ambiguous with {@code
 * java.lang.Module}.
 *
 * <p>A module is made from its own settings alone. {@link #initialize} then gives the whole model
 * its input shape, from which every layer infers its sizes and checks them, and draws the initial
 * weights. A layer of one's own extends this class:
 *
 * <pre>{@code
 * final class Scale extends Module {
 *   private Parameter factor;
 *
 *   protected Shape build(BuildContext context, Shape input) {
 *     factor = context.parameter("factor", input, Initializers.constant(1));
 *     return input;
 *   }
 *
 *   public Tensor forward(Tensor x) {
 *     return x.mul(valueOf(factor));
 *   }
 *
 *   public ModuleConfig config() {
 *     return ModuleConfig.of("Scale", Map.of());
 *   }
 * }
 * }</pre>
 *
 * <p>To load saved models with it, tell how it is made from its configuration, once: {@code
 * Modules.register("Scale", config -> new Scale())}.
 */
public abstract class Module implements AutoCloseable {
  private boolean training = true;
  private BuildContext.Result built;

  /** The outermost module of the initialized model that this one is part of; null without. */
  private Module model;

  /** What {@link #build} was given and gave, within the initialized model; null without. */
  private Shape sampleInput;

  private Shape sampleOutput;

  /**
   * Declares the parameters this module needs for inputs of a shape.
   *
   * @param context takes the declarations, and builds the modules within this one
   * @param input shape of one sample, without the batch axis
   * @return shape of one sample's output
   * @throws IllegalArgumentException if the input does not fit, naming the sizes
   */
  protected abstract Shape build(BuildContext context, Shape input);

  /**
   * Computes the output of a batch.
   *
   * @param input the batch axis comes first
   */
  public abstract Tensor forward(Tensor input);

  /** This module's settings as plain data, for saving; see {@link Modules#create}. */
  public abstract ModuleConfig config();

  /** The modules within this one, in order: all those that {@link #build} builds. */
  public List<Module> children() {
    return List.of();
  }

  /**
   * The module that computes what comes out of this one: itself, unless it passes on the output of
   * one within it, as a {@link Sequential} does. It tells what kind of numbers a model predicts.
   */
  public Module lastModule() {
    return this;
  }

  /**
   * Sizes the whole model for its input, draws the initial weights and puts them on the device. The
   * weights depend on the seed and the architecture only, not on the backend.
   *
   * @param backend computes the model
   * @param input shape of one sample, without the batch axis
   * @param seed of the weights and of dropout
   * @return this module
   * @throws IllegalArgumentException if a layer does not fit its input, naming the layer and
   *     shapes, or is part of another model that is initialized
   */
  public final Module initialize(Backend backend, Shape input, long seed) {
    requireUnbuilt("initialize");
    BuildContext context = new BuildContext(seed);
    Shape output = context.child("", this, input);
    built = context.finish(backend, input, output);
    built.sizes().forEach(sized -> sized.module().partOf(this, sized.input(), sized.output()));
    return this;
  }

  private void partOf(Module whole, Shape input, Shape output) {
    model = whole;
    sampleInput = input;
    sampleOutput = output;
  }

  /** Whether {@link #initialize} was called. */
  public final boolean isInitialized() {
    return built != null;
  }

  /** The weights of the model and their gradients; of the module that was initialized. */
  public final ParameterArena parameters() {
    return requireBuilt("parameters").arena();
  }

  /**
   * The state of the model that is no parameter, such as running statistics, in the order of its
   * declaration.
   */
  public final List<Buffer> buffers() {
    return requireBuilt("buffers").buffers();
  }

  /** The random numbers that dropout draws in training. */
  public final RandomStreams randomStreams() {
    return requireBuilt("randomStreams").streams();
  }

  /** Shape of one sample's input, as given to {@link #initialize}. */
  public final Shape inputShape() {
    return requireBuilt("inputShape").input();
  }

  /** Shape of one sample's output. */
  public final Shape outputShape() {
    return requireBuilt("outputShape").output();
  }

  /** The table of layers of an initialized model. */
  public final Summary summary() {
    return requireBuilt("summary").summary();
  }

  /**
   * The table of layers that the model would have for inputs of a shape; needs no device.
   *
   * @param input shape of one sample, without the batch axis
   */
  public final Summary summary(Shape input) {
    requireUnbuilt("summary(input)");
    BuildContext context = new BuildContext(0);
    context.child("", this, input);
    return context.summary();
  }

  /**
   * This module and all those within it, each with its path, in the order of computation: a
   * container after what it holds. Of the module that was initialized.
   */
  public final List<NamedModule> namedModules() {
    return requireBuilt("namedModules").modules();
  }

  /**
   * Switches this module and those within it to training behaviour: dropout drops, batch
   * normalization takes the statistics of the batch.
   */
  public final void train() {
    setTraining(true);
  }

  /**
   * Switches this module and those within it to evaluation behaviour: dropout passes, batch
   * normalization takes its running statistics. A module within a model may be switched alone, such
   * as a batch normalization whose statistics are to stay what they are: measurements and trainings
   * leave it so. {@link EvaluationMode} switches for a while.
   */
  public final void eval() {
    setTraining(false);
  }

  /** Whether this module behaves as in training. */
  public final boolean isTraining() {
    return training;
  }

  /** This module's own behaviour is that of training; those within it stay as they are. */
  final void trainAlone() {
    training = true;
  }

  private void setTraining(boolean on) {
    training = on;
    children().forEach(child -> child.setTraining(on));
  }

  /** Frees the weights and buffers; the settings stay, and the model can be initialized anew. */
  @Override
  public void close() {
    if (built != null) {
      built.arena().close();
      built.buffers().forEach(Buffer::close);
      built.sizes().forEach(sized -> sized.module().partOf(null, null, null));
      built = null;
    }
  }

  /**
   * The weights of a parameter, for {@link #forward}.
   *
   * @param parameter as declared in {@link #build}; null before
   * @throws IllegalStateException before {@link #initialize}
   */
  protected final Tensor valueOf(Parameter parameter) {
    if (parameter == null) {
      throw unsized();
    }
    return parameter.value();
  }

  /**
   * The values of a buffer, for {@link #forward}.
   *
   * @param buffer as declared in {@link #build}; null before
   * @throws IllegalStateException before {@link #initialize}
   */
  protected final Tensor valueOf(Buffer buffer) {
    if (buffer == null) {
      throw unsized();
    }
    return buffer.value();
  }

  private BuildContext.Result requireBuilt(String operation) {
    if (built == null && model != null) {
      throw new IllegalStateException(
          operation
              + ": this "
              + type()
              + " is part of a model; ask the outermost module for it, a "
              + model.type());
    }
    if (built == null) {
      throw uninitialized(operation);
    }
    return built;
  }

  private IllegalStateException uninitialized(String operation) {
    return new IllegalStateException(
        operation
            + ": this "
            + type()
            + " is part of no model that is initialized; call initialize(backend, inputShape, seed)"
            + " on the outermost module, as fit does");
  }

  private IllegalStateException unsized() {
    return new IllegalStateException(
        uninitialized("forward").getMessage()
            + ". Where that was done, the module that holds this one has not built it: its build"
            + " must call context.child(name, module, shape), and its children() list it");
  }

  /**
   * Demands that the model is initialized, for {@link #forward}.
   *
   * @throws IllegalStateException before {@link #initialize}
   */
  final void requireSized() {
    if (sampleInput == null) {
      throw unsized();
    }
  }

  /**
   * Demands a batch of samples with as many axes as the model was initialized for; before that,
   * nothing.
   *
   * @throws IllegalArgumentException naming both shapes
   */
  final void requireRank(Shape batch) {
    if (sampleInput != null && batch.rank() != sampleInput.rank() + 1) {
      throw new IllegalArgumentException(Samples.anotherRank(type(), sampleInput, batch));
    }
  }

  /**
   * Demands moreover as many features, for {@link #forward}: what broadcasts would otherwise take
   * others without a word. The other axes, such as rows and columns, may have other sizes.
   *
   * @param axis of the features, in a sample
   * @throws IllegalArgumentException naming both shapes
   */
  final void requireFeatures(Shape batch, int axis) {
    requireRank(batch);
    if (sampleInput != null && batch.size(axis + 1) != sampleInput.size(axis)) {
      throw new IllegalArgumentException(Samples.otherFeatures(type(), sampleInput, batch, axis));
    }
  }

  /** Whether this is the outermost module of an initialized model, for samples unlike these. */
  final boolean isModelForOthersThan(Shape batch) {
    return built != null && !Samples.isBatchOf(batch, built.input());
  }

  /**
   * Demands the output that {@link #build} declared, where the input is the one it was given.
   *
   * @throws IllegalArgumentException naming both shapes
   */
  final void requireDeclared(Shape input, Shape output) {
    if (sampleInput != null
        && Samples.isBatchOf(input, sampleInput)
        && !Samples.isBatchOf(output, sampleOutput)) {
      throw new IllegalArgumentException(
          "its build tells outputs of shape "
              + sampleOutput
              + ", so "
              + Samples.batchOf(sampleOutput)
              + " for a batch, but its forward gives "
              + output
              + "; let build return the shape of one sample of what forward computes");
    }
  }

  private void requireUnbuilt(String operation) {
    if (built != null) {
      throw new IllegalStateException(
          operation
              + ": this "
              + type()
              + " is already initialized for inputs of shape "
              + built.input()
              + "; close() it first");
    }
  }

  /**
   * Demands that no model was initialized with this module, for settings that its sizes or weights
   * depend on.
   *
   * @param setting its name, for the message
   * @throws IllegalStateException if one was, and is not closed
   */
  protected final void requireUninitialized(String setting) {
    if (model != null) {
      throw new IllegalStateException(
          type()
              + ": "
              + setting
              + " is set before the model is initialized, and this layer's model is; close() it"
              + " first");
    }
  }

  /** Its weights are another model's, which would go on without them. */
  final void requireFree() {
    if (model != null) {
      throw new IllegalArgumentException(
          "this "
              + type()
              + " object is part of another model, a "
              + model.type()
              + " that is initialized for inputs of shape "
              + model.inputShape()
              + "; close() that model first, or make an object for each model");
    }
  }

  /** Names of {@link #children} within this module, in their order: their numbers unless told. */
  List<String> childNames() {
    return IntStream.range(0, children().size()).mapToObj(Integer::toString).toList();
  }

  /**
   * Class, settings and the modules within, a line for each:
   *
   * <pre>
   * Sequential(
   *   (0) Linear(bias=true, outFeatures=16)
   *   (1) ReLU()
   * )
   * </pre>
   */
  @Override
  public String toString() {
    ModuleConfig config = config();
    String settings = config == null ? "" : config.settings();
    List<Module> children = children();
    if (children.isEmpty()) {
      return type() + "(" + settings + ")";
    }
    List<String> names = childNames();
    StringBuilder text = new StringBuilder(type()).append("(").append(settings);
    for (int i = 0; i < children.size(); i++) {
      String child = children.get(i).toString().replace("\n", "\n  ");
      text.append("\n  (").append(names.get(i)).append(") ").append(child);
    }
    return text.append("\n)").toString();
  }

  final String type() {
    return getClass().getSimpleName();
  }
}
