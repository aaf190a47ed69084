package org.oncilla.tests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DeviceMemory;

/** Passes every call on to a backend, and counts those that wait for the device. */
public final class WaitCounter {
  private final Backend counted;
  private int waits;

  /** Counts the waits for a backend, which stays its owner's to close. */
  public WaitCounter(Backend backend) {
    DeviceMemory memory =
        proxy(
            DeviceMemory.class,
            (method, arguments) -> {
              count(method, "read");
              return invoke(backend.memory(), method, arguments);
            });
    this.counted =
        proxy(
            Backend.class,
            (method, arguments) -> {
              count(method, "synchronize");
              return method.getName().equals("memory")
                  ? memory
                  : invoke(backend, method, arguments);
            });
  }

  /** The backend to compute with. */
  public Backend backend() {
    return counted;
  }

  /** Reads and other waits so far. */
  public int waits() {
    return waits;
  }

  private void count(Method method, String waiting) {
    if (method.getName().equals(waiting)) {
      waits++;
    }
  }

  /** A call of one of the methods of an interface. */
  private interface Call {
    Object run(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.run(method, arguments)));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
