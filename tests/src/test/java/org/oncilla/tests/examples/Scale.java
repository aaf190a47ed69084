package org.oncilla.tests.examples;

import java.util.Map;
import org.oncilla.nn.BuildContext;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Parameter;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

// begin
final class Scale extends Module {
  private Parameter factor;

  protected Shape build(BuildContext context, Shape input) {
    factor = context.parameter("factor", input, Initializers.constant(1));
    return input;
  }

  public Tensor forward(Tensor x) {
    return x.mul(valueOf(factor));
  }

  public ModuleConfig config() {
    return ModuleConfig.of("Scale", Map.of());
  }
}
// end
