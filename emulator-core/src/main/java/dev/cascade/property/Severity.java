package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a deviation from the expected verdict means for the run. */
public enum Severity {
  /** The run fails. */
  @JsonProperty("error")
  ERROR,
  /** The run is reported, and passes. */
  @JsonProperty("warn")
  WARN
}
