package dev.cascade.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C: the first one asks the command to come to an end, the second one ends it now. The JDK's
 * signals are reached by reflection, as the compiler warns of their package in any other way; where
 * they are missing, the first Ctrl-C ends all.
 */
final class Interrupts {
  private final Class<?> signals;
  private final Object sigint;
  private final Object handlerBefore;

  private Interrupts(Class<?> signals, Object sigint, Object handlerBefore) {
    this.signals = signals;
    this.sigint = sigint;
    this.handlerBefore = handlerBefore;
  }

  /** From now on, until {@link #close}, the first Ctrl-C does this. */
  static @Nullable Interrupts onFirst(Runnable stop) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object sigint = signals.getConstructor(String.class).newInstance("INT");
      Object handler =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handlers},
              new java.lang.reflect.InvocationHandler() {
                private boolean asked;

                @Override
                public @Nullable Object invoke(
                    Object proxy, java.lang.reflect.Method method, Object[] arguments) {
                  if (!method.getName().equals("handle")) {
                    return method.getName().equals("hashCode") ? (Object) 0 : null;
                  }
                  if (asked) {
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code);
                  }
                  asked = true;
                  stop.run();
                  return null;
                }
              });
      Object before = signals.getMethod("handle", signals, handlers).invoke(null, sigint, handler);
      return new Interrupts(signals, sigint, before);
    } catch (ReflectiveOperationException missing) {
      return null;
    }
  }

  /** Ctrl-C does again what it did before. */
  void close() {
    try {
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      signals.getMethod("handle", signals, handlers).invoke(null, sigint, handlerBefore);
    } catch (InvocationTargetException
        | NoSuchMethodException
        | IllegalAccessException
        | ClassNotFoundException gone) {
      throw new IllegalStateException(gone); // it was there a moment ago
    }
  }
}
