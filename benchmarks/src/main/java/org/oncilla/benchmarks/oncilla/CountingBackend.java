package org.oncilla.benchmarks.oncilla;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DeviceMemory;
import org.oncilla.benchmarks.workload.DeviceCalls;

/**
 * Passes every call on to a backend and counts those that reach the device. Too slow to be timed.
 */
final class CountingBackend {
  private final Map<String, Object> wrapped = new HashMap<>();
  private final Backend proxy;
  private int kernels;
  private int reads;
  private int writes;

  CountingBackend(Backend backend) {
    this.proxy = wrap(Backend.class, (method, arguments) -> family(backend, method, arguments));
  }

  /** The backend to compute with. */
  Backend backend() {
    return proxy;
  }

  void clear() {
    kernels = 0;
    reads = 0;
    writes = 0;
  }

  DeviceCalls calls() {
    return new DeviceCalls(kernels, reads, writes);
  }

  /** A kernel family or the memory is wrapped in its turn; what else a backend has, is not. */
  private Object family(Backend backend, Method method, Object[] arguments) throws Throwable {
    Object result = invoke(backend, method, arguments);
    Class<?> type = method.getReturnType();
    if (!type.isInterface()) {
      return result;
    }
    return wrapped.computeIfAbsent(
        method.getName(),
        name ->
            wrap(
                type,
                (inner, values) -> {
                  count(type, inner);
                  return invoke(result, inner, values);
                }));
  }

  private void count(Class<?> type, Method method) {
    if (type != DeviceMemory.class) {
      kernels++;
    } else if (method.getName().equals("read")) {
      reads++;
    } else if (method.getName().equals("write")) {
      writes++;
    }
  }

  private static <T> T wrap(Class<T> type, Call call) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.run(method, arguments));
    return type.cast(proxy);
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private interface Call {
    Object run(Method method, Object[] arguments) throws Throwable;
  }
}
