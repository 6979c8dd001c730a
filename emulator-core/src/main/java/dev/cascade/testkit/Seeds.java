package dev.cascade.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs a test once for each seed, and for each of {@link Mitigations} too if it has them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(VariantsProvider.class)
public @interface Seeds {
  /** {@code 1..20} or {@code 3,5,8}. */
  String value();
}
