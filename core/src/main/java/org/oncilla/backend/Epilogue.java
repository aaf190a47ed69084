package org.oncilla.backend;

/**
 * What a matrix product or a convolution does to each result before it is stored:
 *
 * <pre>out = activation(β·out + result + bias),  β = accumulate ? 1 : 0</pre>
 *
 * @param accumulate whether the result is added to what {@code out} holds
 * @param bias one value per output column (matrix product) or per output channel (convolution), or
 *     null for none
 * @param activation one of the {@linkplain UnaryOp#isFusable() fusable} functions
 */
public record Epilogue(boolean accumulate, Span bias, UnaryOp activation) {
  /** Stores the plain result. */
  public static final Epilogue NONE = new Epilogue(false, null, UnaryOp.IDENTITY);

  /** Adds the plain result to the output. */
  public static final Epilogue ACCUMULATE = new Epilogue(true, null, UnaryOp.IDENTITY);

  /** Checks that the activation can be fused. */
  public Epilogue {
    if (!activation.isFusable()) {
      throw new IllegalArgumentException(
          "an epilogue cannot fuse " + activation + "; apply it as an operation of its own");
    }
  }

  /** {@link #ACCUMULATE} or {@link #NONE}. */
  public static Epilogue accumulate(boolean accumulate) {
    return accumulate ? ACCUMULATE : NONE;
  }
}
