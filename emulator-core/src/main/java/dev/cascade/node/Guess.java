package dev.cascade.node;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a key of a configuration whose default nobody has measured. Each run tells the guesses that
 * it used, and {@code sensitivity} tells which of them matter. A value that a scenario writes down
 * is its author's, whatever this says.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER})
public @interface Guess {
  /** What the default was guessed from, in a few words: {@code a small instance}. */
  String value();
}
