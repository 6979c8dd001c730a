package dev.cascade.property;

/** A property that cannot be judged as it is written: a defect of the scenario, not of the run. */
public final class PropertyDefectException extends RuntimeException {
  PropertyDefectException(String name, RuntimeException cause) {
    super("%s: %s".formatted(name, cause.getMessage()), cause);
  }
}
