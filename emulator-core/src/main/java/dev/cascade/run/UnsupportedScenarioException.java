package dev.cascade.run;

/** A scenario asks for what this version cannot emulate. */
public final class UnsupportedScenarioException extends RuntimeException {
  UnsupportedScenarioException(String message) {
    super(message);
  }
}
