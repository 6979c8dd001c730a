package dev.cascade.models.broker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Moments in nanoseconds, eight bytes each: a value, which nobody can change. */
final class Instants {
  private final long[] nanos;

  private Instants(long[] own) {
    this.nanos = own;
  }

  /** These, as they are now. */
  @JsonCreator
  static Instants of(long... nanos) {
    return new Instants(nanos.clone());
  }

  int count() {
    return nanos.length;
  }

  long at(int place) {
    return nanos[place];
  }

  /** A copy. */
  @JsonValue
  long[] toArray() {
    return nanos.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Instants that && Arrays.equals(nanos, that.nanos);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nanos);
  }

  @Override
  public String toString() {
    return Arrays.toString(nanos);
  }
}
