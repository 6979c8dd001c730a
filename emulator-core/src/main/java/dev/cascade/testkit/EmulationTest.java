package dev.cascade.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class emulations of a scenario: each {@code Emulation} among a method's
 * parameters is a new one, not started, and is closed after the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("emulation")
@ExtendWith(EmulationExtension.class)
public @interface EmulationTest {
  /** The scenario's file, from the working directory, or a resource on the class path. */
  String value();

  /** The seed; the scenario's own if it is negative. */
  long seed() default -1;

  /** Values that replace those of the file: {@code configuration.rate=200/s}. */
  String[] set() default {};

  /** Mitigations that are switched on. */
  String[] mitigations() default {};
}
