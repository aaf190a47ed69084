package org.oncilla.examples;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.Backends;
import org.oncilla.datasets.Mnist;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.Module;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;
import org.oncilla.train.Evaluator;

/** What comes after {@link TrainLeNet5}. */
public final class UseLeNet5 {
  public static void main(String[] args) throws Exception {
    // begin
    Checkpoint saved = CheckpointFile.load(Path.of("lenet5.safetensors"));
    try (Module model = Checkpoints.model(saved, Backends.get());
        Evaluator evaluator =
            new Evaluator(model, new CrossEntropyLoss(), List.of(new Accuracy()));
        Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      System.out.println(evaluator.evaluate(Mnist.test().batches(256)));
      model.eval(); // dropout passes; models are made in training mode
      float[] pixels = new float[28 * 28]; // one image, normalized as the training images were
      float[] probabilities =
          model.forward(Tensor.of(pixels, 1, 1, 28, 28)).softmax(-1).toFloatArray();
      System.out.println(Arrays.toString(probabilities));
    }
    // end
  }
}
