package org.oncilla.opencl;

import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.MemoryPool;
import org.oncilla.backend.Span;
import org.oncilla.kernels.KernelSources;

/**
 * What every kernel family needs: programs, the launcher, scratch memory and the device's profile.
 *
 * @param programs programs by source and macros
 * @param launcher enqueues
 * @param pool where scratch memory comes from
 * @param profile how kernels are cut for this device
 */
record OpenClRuntime(
    OpenClPrograms programs, OpenClLauncher launcher, MemoryPool pool, LaunchProfile profile) {

  /** The program of a family that stands on its own. */
  OpenClPrograms.ProgramKey program(String family, String options) {
    return new OpenClPrograms.ProgramKey(family, KernelSources.of(family), options);
  }

  /** Begins a launch. */
  OpenClLauncher.Launch launch(String operation, OpenClPrograms.ProgramKey program, String kernel) {
    return launcher.launch(operation, programs.kernel(program, kernel));
  }

  /** Work that needs memory for the length of its launches. */
  interface Scratch {
    void use(Span scratch);
  }

  /**
   * Lends scratch memory of single-precision values. It goes back to the pool as soon as the work
   * is enqueued: whoever gets it next is behind in the same queue.
   */
  void withScratch(String operation, int length, Scratch work) {
    DeviceBuffer buffer = pool.acquire(DType.FLOAT32, length, operation + " scratch");
    try {
      work.use(new Span(buffer, 0, length));
    } finally {
      pool.release(buffer);
    }
  }
}
