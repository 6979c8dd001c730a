package dev.cascade.scenario;

import dev.cascade.node.Bandwidth;
import dev.cascade.node.Rate;
import dev.cascade.node.Ratio;
import dev.cascade.node.Size;
import dev.cascade.node.Suggestion;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.schedule.Schedule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads single values: numbers, texts, words, and everything with a unit. */
final class Scalars {
  private Scalars() {}

  /**
   * The value as this type; empty if it is of another kind.
   *
   * @throws IllegalArgumentException if it is of the right kind, but cannot be read
   */
  static Optional<Object> read(Scalar scalar, Class<?> type) {
    if (type == String.class) {
      return Optional.of(scalar.text());
    }
    if (type == Object.class) {
      return Optional.of(plain(scalar));
    }
    if (type == Duration.class) {
      return Optional.of(DurationText.parse(scalar.text()));
    }
    if (type == boolean.class || type == Boolean.class) {
      return scalar.scalarKind() == Kind.BOOLEAN ? Optional.of(isTrue(scalar)) : Optional.empty();
    }
    if (type == int.class || type == Integer.class) {
      return integer(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE).map(BigInteger::intValueExact);
    }
    if (type == long.class || type == Long.class) {
      return integer(scalar, Long.MIN_VALUE, Long.MAX_VALUE).map(BigInteger::longValueExact);
    }
    if (type == double.class || type == Double.class) {
      return decimal(scalar);
    }
    return type.isEnum() ? Optional.of(word(scalar, type)) : text(scalar, type);
  }

  private static boolean isTrue(Scalar scalar) {
    return scalar.text().toLowerCase(Locale.ROOT).equals("true");
  }

  /** What a value is where nobody says what it should be. */
  private static Object plain(Scalar scalar) {
    return switch (scalar.scalarKind()) {
      case BOOLEAN -> isTrue(scalar);
      case INTEGER -> new BigInteger(scalar.text());
      case DECIMAL -> new BigDecimal(scalar.text());
      case NULL, BROKEN, TEXT -> scalar.text();
    };
  }

  private static Optional<BigInteger> integer(Scalar scalar, long min, long max) {
    if (scalar.scalarKind() != Kind.INTEGER) {
      return Optional.empty();
    }
    // Twenty digits are more than a long has; parsing a million of them takes quadratic time.
    BigInteger value =
        scalar.text().length() > 20 ? BigInteger.ONE.shiftLeft(64) : new BigInteger(scalar.text());
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new IllegalArgumentException(
          "The number (" + scalar.shown() + ") must lie between " + min + " and " + max + ".");
    }
    return Optional.of(value);
  }

  private static Optional<Object> decimal(Scalar scalar) {
    if (scalar.scalarKind() != Kind.INTEGER && scalar.scalarKind() != Kind.DECIMAL) {
      return Optional.empty();
    }
    double value = Double.parseDouble(scalar.text());
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("The number (" + scalar.shown() + ") is too large.");
    }
    return Optional.of(value);
  }

  private static Object word(Scalar scalar, Class<?> type) {
    Map<String, Object> words = RecordShape.words(type);
    Object constant = words.get(scalar.text());
    if (constant == null) {
      throw new IllegalArgumentException(
          "The word ("
              + scalar.shown()
              + ") is unknown."
              + Suggestion.maybe(scalar.text(), words.keySet()));
    }
    return constant;
  }

  private static Optional<Object> text(Scalar scalar, Class<?> type) {
    Optional<Method> creator = RecordShape.textCreator(type);
    if (creator.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(creator.get().invoke(null, scalar.text()));
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether a type is of whole numbers. */
  static boolean isWhole(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class || type == Long.class;
  }

  /** The regular expression of texts that a type with a unit is read from. */
  static Optional<String> pattern(Class<?> type) {
    if (type == Duration.class) {
      return Optional.of(DurationText.PATTERN);
    } else if (type == Rate.class) {
      return Optional.of(Rate.PATTERN);
    } else if (type == Size.class) {
      return Optional.of(Size.PATTERN);
    } else if (type == Ratio.class) {
      return Optional.of(Ratio.PATTERN);
    }
    return Optional.empty();
  }

  /** What a single value of a type looks like, for messages. */
  static String expected(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as 500ms";
    } else if (type == Rate.class) {
      return "a rate such as 300/s";
    } else if (type == Size.class) {
      return "a size such as 512Mi";
    } else if (type == Bandwidth.class) {
      return "a bandwidth such as 1Gbit/s";
    } else if (type == Ratio.class) {
      return "a ratio such as 5%";
    } else if (type == Schedule.class) {
      return "a schedule such as pct:depth=3,steps=400";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (isWhole(type)) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type.isEnum()) {
      return "one of " + String.join(", ", RecordShape.words(type).keySet());
    }
    return "a text";
  }
}
