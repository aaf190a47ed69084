package org.oncilla.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oncilla.backend.Backend;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Module;
import org.oncilla.nn.Modules;
import org.oncilla.tensor.Shape;

/** A saved model. */
record ModelFile(Path path, Checkpoint checkpoint) {
  static ModelFile load(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new CommandException(
          path
              + " is a folder; give the file of a model, such as lenet5-mnist.safetensors, which"
              + " oncilla train saves");
    }
    return new ModelFile(path, CheckpointFile.load(path));
  }

  /** The value of a key of the training's state, or null. */
  String state(String key) {
    return checkpoint.state().get(key);
  }

  /** The model without its weights. */
  Module architecture() {
    if (checkpoint.architecture() == null) {
      throw new CommandException(
          path + " holds weights only, no architecture; use a model that oncilla train saved");
    }
    return Modules.create(checkpoint.architecture());
  }

  /** The model with its weights, ready to compute. */
  Module model(Backend backend) {
    Module model = Checkpoints.model(checkpoint, backend);
    model.eval();
    return model;
  }

  Shape inputShape() {
    return Checkpoints.inputShape(checkpoint);
  }
}
