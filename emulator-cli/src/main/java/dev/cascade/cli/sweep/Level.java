package dev.cascade.cli.sweep;

/**
 * One value of what is varied.
 *
 * @param text as a scenario says it: {@code 2/s}
 * @param value in base units (per second, seconds, bytes, bits a second, percent); the place in its
 *     list where it is a word
 */
public record Level(String text, double value) {
  @Override
  public String toString() {
    return text;
  }
}
