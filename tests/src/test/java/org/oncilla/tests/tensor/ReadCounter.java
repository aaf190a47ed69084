package org.oncilla.tests.tensor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DeviceMemory;

/** A backend that counts the reads of its memory: what waits for a device. */
final class ReadCounter {
  private final Backend backend;
  private int reads;

  ReadCounter(Backend counted) {
    DeviceMemory memory =
        proxy(
            DeviceMemory.class,
            (self, method, arguments) -> {
              reads += method.getName().equals("read") ? 1 : 0;
              return call(counted.memory(), method, arguments);
            });
    backend =
        proxy(
            Backend.class,
            (self, method, arguments) ->
                method.getName().equals("memory") ? memory : call(counted, method, arguments));
  }

  /** The backend to compute with. */
  Backend backend() {
    return backend;
  }

  int reads() {
    return reads;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
