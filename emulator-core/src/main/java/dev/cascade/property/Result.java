package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The verdict on a property. */
public enum Result {
  @JsonProperty("holds")
  HOLDS,
  @JsonProperty("violated")
  VIOLATED,
  /** It could not be judged: no data, its trigger never came, or the run ended too early. */
  @JsonProperty("unknown")
  UNKNOWN;

  /** The word that files and people use. */
  public String word() {
    return switch (this) {
      case HOLDS -> "holds";
      case VIOLATED -> "violated";
      case UNKNOWN -> "unknown";
    };
  }
}
