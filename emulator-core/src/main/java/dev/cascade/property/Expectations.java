package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is expected of each property in one variant of a scenario. {@code "*"} is for all that are
 * not named; without it they are expected to hold.
 */
public final class Expectations {
  private static final String ALL_OTHERS = "*";

  private final Map<String, Expectation> byProperty;

  /** A table as files hold it. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Expectations(Map<String, Expectation> byProperty) {
    this.byProperty = Collections.unmodifiableMap(new LinkedHashMap<>(byProperty));
  }

  /** What is expected of a property. */
  public Expectation of(String property) {
    Expectation named = byProperty.get(property);
    return named != null ? named : byProperty.getOrDefault(ALL_OTHERS, Expectation.HOLDS);
  }

  /** The properties that are named, sorted, so that a reader can check that they exist. */
  public Set<String> properties() {
    Set<String> names = new TreeSet<>(byProperty.keySet());
    names.remove(ALL_OTHERS);
    return names;
  }

  /** The table as files hold it. */
  @JsonValue
  public Map<String, Expectation> written() {
    return byProperty;
  }
}
