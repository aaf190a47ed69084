package org.oncilla.benchmarks.libtorch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.oncilla.benchmarks.workload.ConvolutionWorkload;
import org.oncilla.benchmarks.workload.InferenceWorkload;
import org.oncilla.benchmarks.workload.Library;
import org.oncilla.benchmarks.workload.MatmulWorkload;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.TrainingWorkload;
import org.oncilla.benchmarks.workload.Workload;

/** libtorch on the CPU, with its own layers, loss and optimizers. */
public final class LibtorchLibrary implements Library {
  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public String start(int threads) {
    Loader.load(torch.class);
    torch.set_num_threads(threads);
    return "org.bytedeco:pytorch "
        + torch.class.getPackage().getImplementationVersion()
        + ", "
        + torch.get_cpu_capability().getString()
        + ", "
        + torch.get_num_threads()
        + " threads";
  }

  @Override
  public Task open(Workload workload) {
    if (workload instanceof TrainingWorkload training) {
      return new TrainingTask(training);
    }
    if (workload instanceof InferenceWorkload inference) {
      return new InferenceTask(inference);
    }
    if (workload instanceof MatmulWorkload product) {
      return new MatmulTask(product);
    }
    return new ConvolutionTask((ConvolutionWorkload) workload);
  }

  @Override
  public void close() {}
}
