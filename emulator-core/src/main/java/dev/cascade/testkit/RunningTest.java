package dev.cascade.testkit;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The test method that this thread runs, as Surefire names it. */
final class RunningTest {
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private RunningTest() {}

  /** {@code com.example.ShopTest#itRecovers}; null where no test is on the stack. */
  static @Nullable String name() {
    // The test's own method is the outermost: one may call another as a helper.
    return STACK.walk(
        frames ->
            frames
                .flatMap(RunningTest::test)
                .reduce((inner, outer) -> outer)
                .map(method -> name(method.getDeclaringClass(), method))
                .orElse(null));
  }

  static String name(Class<?> testClass, Method method) {
    return testClass.getName() + "#" + method.getName();
  }

  private static Stream<Method> test(StackFrame frame) {
    try {
      Method method =
          frame
              .getDeclaringClass()
              .getDeclaredMethod(frame.getMethodName(), frame.getMethodType().parameterArray());
      return AnnotationSupport.isAnnotated(method, Testable.class)
          ? Stream.of(method)
          : Stream.empty();
    } catch (NoSuchMethodException constructor) {
      return Stream.empty();
    }
  }
}
