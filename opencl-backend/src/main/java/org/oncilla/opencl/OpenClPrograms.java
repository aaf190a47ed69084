package org.oncilla.opencl;

import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateKernel;
import static org.jocl.CL.clCreateProgramWithBinary;
import static org.jocl.CL.clCreateProgramWithSource;
import static org.jocl.CL.clGetProgramBuildInfo;
import static org.jocl.CL.clGetProgramInfo;
import static org.jocl.CL.clReleaseKernel;
import static org.jocl.CL.clReleaseProgram;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs and kernels of a session. A program is built when one of its kernels is first asked
 * for, from the disk cache where it has it, else from source.
 */
final class OpenClPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(OpenClPrograms.class);

  /** No fast-math: NaN and infinity must come out as the contract says. */
  private static final String STANDARD_OPTIONS = "-cl-std=CL1.2";

  private final OpenClSession session;
  private final ProgramCache cache;
  private final int mostGroup;
  private final Map<ProgramKey, cl_program> programs = new HashMap<>();
  private final Map<KernelKey, OpenClKernel> kernels = new ConcurrentHashMap<>();
  private int builtFromSource;
  private int builtFromCache;

  OpenClPrograms(OpenClSession session, ProgramCache cache) {
    this(session, cache, Integer.MAX_VALUE);
  }

  /** With kernels that have room for small groups only, as some drivers' have, for tests. */
  OpenClPrograms(OpenClSession session, ProgramCache cache, int mostGroup) {
    this.session = session;
    this.cache = cache;
    this.mostGroup = mostGroup;
  }

  /** A text of OpenCL C and the macros it is built with; the family is its name in messages. */
  record ProgramKey(String family, String source, String options) {}

  private record KernelKey(ProgramKey program, String name) {}

  /**
   * A kernel, built if need be.
   *
   * @throws OpenClException with the compiler's log if its program does not build
   */
  OpenClKernel kernel(ProgramKey program, String name) {
    KernelKey key = new KernelKey(program, name);
    OpenClKernel kernel = kernels.get(key);
    return kernel != null
        ? kernel
        : session.call("create kernel " + name, () -> kernels.computeIfAbsent(key, this::create));
  }

  /** Programs compiled and programs taken from the disk cache. */
  synchronized int[] buildCounts() {
    return new int[] {builtFromSource, builtFromCache};
  }

  /** Releases everything; the session is closing. */
  synchronized void release() {
    kernels.values().forEach(kernel -> clReleaseKernel(kernel.handle()));
    kernels.clear();
    programs.values().forEach(program -> clReleaseProgram(program));
    programs.clear();
  }

  private synchronized OpenClKernel create(KernelKey key) {
    try {
      cl_program program = programs.get(key.program());
      if (program == null) {
        program = build(key.program());
        programs.put(key.program(), program);
      }
      return new OpenClKernel(
          key.name(), clCreateKernel(program, key.name(), null), session.device().id(), mostGroup);
    } finally {
      SignalHandlers.reclaim();
    }
  }

  private cl_program build(ProgramKey key) {
    String options = STANDARD_OPTIONS + " " + key.options();
    String identity = String.join("\0", session.device().identity(), options.trim(), key.source());
    byte[] binary = cache.load(identity);
    if (binary != null) {
      cl_program program = fromBinary(key, options, binary);
      if (program != null) {
        builtFromCache++;
        return program;
      }
    }
    long start = System.nanoTime();
    cl_program program = fromSource(key, options);
    builtFromSource++;
    LOG.debug(
        "built {} [{}] in {} ms", key.family(), options, (System.nanoTime() - start) / 1_000_000);
    cache.store(identity, binaryOf(program));
    return program;
  }

  private cl_program fromBinary(ProgramKey key, String options, byte[] binary) {
    cl_program program = null;
    try {
      program =
          clCreateProgramWithBinary(
              session.context(),
              1,
              devices(),
              new long[] {binary.length},
              new byte[][] {binary},
              null,
              null);
      clBuildProgram(program, 1, devices(), options, null, null);
      return program;
    } catch (CLException refused) {
      LOG.debug(
          "the driver refuses the cached program {}: {}; recompiling",
          key.family(),
          OpenClErrors.name(refused.getStatus()));
      if (program != null) {
        clReleaseProgram(program);
      }
      return null;
    }
  }

  private cl_program fromSource(ProgramKey key, String options) {
    cl_program program =
        clCreateProgramWithSource(session.context(), 1, new String[] {key.source()}, null, null);
    try {
      clBuildProgram(program, 1, devices(), options, null, null);
      return program;
    } catch (CLException failure) {
      String log = buildLog(program);
      clReleaseProgram(program);
      throw new OpenClException(
          "build program " + key.family() + " with \"" + options + "\"",
          failure.getStatus(),
          "the compiler of "
              + session.device().info().name()
              + " ("
              + session.device().info().driver()
              + ") says:\n"
              + log);
    }
  }

  private String buildLog(cl_program program) {
    long[] size = new long[1];
    clGetProgramBuildInfo(program, session.device().id(), CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] log = new byte[(int) size[0]];
    clGetProgramBuildInfo(
        program, session.device().id(), CL_PROGRAM_BUILD_LOG, log.length, Pointer.to(log), null);
    return new String(log, StandardCharsets.UTF_8).replace("\0", "").trim();
  }

  private static byte[] binaryOf(cl_program program) {
    long[] size = new long[1];
    clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
    byte[] binary = new byte[(int) size[0]];
    if (binary.length > 0) {
      clGetProgramInfo(
          program,
          CL_PROGRAM_BINARIES,
          Sizeof.POINTER,
          Pointer.to(new Pointer[] {Pointer.to(binary)}),
          null);
    }
    return binary;
  }

  private cl_device_id[] devices() {
    return new cl_device_id[] {session.device().id()};
  }
}
