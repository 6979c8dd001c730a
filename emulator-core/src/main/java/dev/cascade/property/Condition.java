package dev.cascade.property;

import dev.cascade.metrics.Range;

/** The part of an expression that is true or false. */
sealed interface Condition {
  Judgement at(TickView moment);

  record Fixed(boolean value) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      return Judgement.of(value);
    }
  }

  /** How two numbers are compared. */
  enum Relation {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!=");

    final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /** The relation with its sides exchanged. */
    Relation mirrored() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case EQUAL, NOT_EQUAL -> this;
      };
    }
  }

  record Comparison(Relation relation, Quantity left, Quantity right) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      Range a = left.at(moment);
      Range b = right.at(moment);
      if (a == null || b == null) {
        return Judgement.UNKNOWN;
      }
      return switch (relation) {
        case LESS -> Intervals.less(a, b);
        case LESS_OR_EQUAL -> Intervals.lessOrEqual(a, b);
        case GREATER -> Intervals.less(b, a);
        case GREATER_OR_EQUAL -> Intervals.lessOrEqual(b, a);
        case EQUAL -> Intervals.equal(a, b);
        case NOT_EQUAL -> Intervals.equal(a, b).not();
      };
    }
  }

  /** Two truths are equal, or are not. */
  record Same(boolean same, Condition left, Condition right) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      Judgement a = left.at(moment);
      Judgement b = right.at(moment);
      Judgement equal = a.and(b).or(a.not().and(b.not()));
      return same ? equal : equal.not();
    }
  }

  record And(Condition left, Condition right) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      return left.at(moment).and(right.at(moment));
    }
  }

  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      return left.at(moment).or(right.at(moment));
    }
  }

  record Not(Condition condition) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      return condition.at(moment).not();
    }
  }

  record Choice(Condition condition, Condition whenTrue, Condition whenFalse) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      Judgement chosen = condition.at(moment);
      if (chosen.equals(Judgement.MIXED) && moment.isAny()) {
        return whenTrue.at(moment).either(whenFalse.at(moment));
      }
      return chosen.and(whenTrue.at(moment)).or(chosen.not().and(whenFalse.at(moment)));
    }
  }

  record OrElse(Condition condition, Condition otherwise) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      Judgement judgement = condition.at(moment);
      if (moment.isAny()) {
        return judgement.either(otherwise.at(moment));
      }
      boolean unknown = judgement.worst() == Truth.UNKNOWN || judgement.best() == Truth.UNKNOWN;
      return unknown ? otherwise.at(moment) : judgement;
    }
  }

  /**
   * An event happened in the tick.
   *
   * @param field a field that must have the value; empty if any event of the name will do
   */
  record Happened(String event, String field, String value) implements Condition {
    @Override
    public Judgement at(TickView moment) {
      return moment.isAny()
          ? Judgement.MIXED
          : Judgement.of(moment.occurrences().stream().anyMatch(this::matches));
    }

    boolean matches(Occurrence occurrence) {
      if (!occurrence.name().equals(event)) {
        return false;
      }
      if (field.isEmpty()) {
        return true;
      }
      boolean byHost = field.equals(Vocabulary.HOST) && !occurrence.fields().containsKey(field);
      return value.equals(byHost ? occurrence.host() : occurrence.fields().get(field));
    }
  }
}
