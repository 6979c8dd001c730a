package dev.cascade.property;

/**
 * What a condition was within one tick. A gauge may have been on both sides of a bound in it: then
 * the condition was false at its worst, and true at its best.
 *
 * @param worst false if it may have been false at some instant of the tick
 * @param best true if it may have been true at some instant of the tick
 */
public record Judgement(Truth worst, Truth best) {
  static final Judgement UNKNOWN = new Judgement(Truth.UNKNOWN, Truth.UNKNOWN);
  static final Judgement MIXED = new Judgement(Truth.FALSE, Truth.TRUE);

  static Judgement of(boolean always) {
    return new Judgement(Truth.of(always), Truth.of(always));
  }

  Judgement and(Judgement other) {
    return new Judgement(worst.and(other.worst), best.and(other.best));
  }

  Judgement or(Judgement other) {
    return new Judgement(worst.or(other.worst), best.or(other.best));
  }

  /** It was the one or the other. */
  Judgement either(Judgement other) {
    return new Judgement(worst.and(other.worst), best.or(other.best));
  }

  Judgement not() {
    return new Judgement(best.not(), worst.not());
  }
}
