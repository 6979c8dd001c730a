package dev.cascade.scenario;

import dev.cascade.node.Bandwidth;
import dev.cascade.node.Rate;
import dev.cascade.node.Ratio;
import dev.cascade.node.Size;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.DurationText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A default that is a guess and that a scenario leaves as it is.
 *
 * @param path as {@code --set} takes it: {@code topology.shop.cores}
 * @param value as a file would say it, with its unit: {@code 50ms}, {@code 4}
 * @param unit what the value is, in a word: time, rate, size, ratio, count, number or switch
 * @param note what it was guessed from
 */
public record GuessedValue(String path, String value, String unit, String note) {
  static final String TIME = "time";
  static final String RATE = "rate";
  static final String SIZE = "size";
  static final String RATIO = "ratio";
  static final String NUMBER = "number";

  /** A whole number: half of 1 is none. */
  static final String COUNT = "count";

  static final String SWITCH = "switch";

  /** A time in a mapping: {@code {latency: 500us, jitter: 100us}}. */
  private static final Pattern PART =
      Pattern.compile("(?<=: ?)(?:" + DurationText.PATTERN + ")(?=[,}])");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** What values of a type are. */
  static String unitOf(Class<?> type) {
    if (type == Duration.class || type == DurationDistribution.class || type == Link.class) {
      return TIME;
    } else if (type == Rate.class) {
      return RATE;
    } else if (type == Size.class || type == Bandwidth.class) {
      return SIZE;
    } else if (type == Ratio.class) {
      return RATIO;
    } else if (type == boolean.class || type == Boolean.class) {
      return SWITCH;
    }
    return Scalars.isWhole(type) ? COUNT : NUMBER;
  }

  /** A value that somebody chose, told by its look; null if it is none that could be scaled. */
  public static @Nullable GuessedValue own(String path, String value) {
    for (String unit : List.of(COUNT, NUMBER, TIME, RATE, SIZE, RATIO, SWITCH)) {
      GuessedValue own = new GuessedValue(path, value, unit, "yours");
      boolean looksSo =
          switch (unit) {
            case COUNT -> value.matches("[0-9]{1,18}");
            case SWITCH -> value.matches("true|false");
            default -> !own.alternatives().isEmpty();
          };
      if (looksSo) {
        return own;
      }
    }
    return null;
  }

  /** What it might be as well, by what it is then: {@code half}, {@code double}, {@code other}. */
  public Map<String, String> alternatives() {
    Map<String, String> alternatives = new LinkedHashMap<>();
    if (unit.equals(SWITCH)) {
      alternatives.put("other", Boolean.toString(!Boolean.parseBoolean(value)));
      return alternatives;
    }
    times(new BigDecimal("0.5")).ifPresent(half -> alternatives.put("half", half));
    times(BigDecimal.valueOf(2)).ifPresent(twice -> alternatives.put("double", twice));
    return alternatives;
  }

  /** So many times the value; empty where that is no other value, or none that can be. */
  private Optional<String> times(BigDecimal factor) {
    try {
      String scaled = value.startsWith("{") ? mapping(factor) : scalar(value, factor);
      return scaled.equals(value) ? Optional.empty() : Optional.of(scaled);
    } catch (IllegalArgumentException notANumber) {
      return Optional.empty();
    }
  }

  /** Each part of a distribution or a link that is a time. */
  private String mapping(BigDecimal factor) {
    return PART.matcher(value)
        .replaceAll(part -> Matcher.quoteReplacement(scalar(part.group(), factor)));
  }

  private String scalar(String text, BigDecimal factor) {
    return switch (unit) {
      case TIME -> {
        BigDecimal nanos = BigDecimal.valueOf(DurationText.parse(text).toNanos());
        yield DurationText.format(
            Duration.ofNanos(nanos.multiply(factor).setScale(0, RoundingMode.HALF_UP).longValue()));
      }
      case RATE -> new Rate(Rate.parse(text).perSecond() * factor.doubleValue()).toString();
      case SIZE -> new Size(Math.round(Size.parse(text).bytes() * factor.doubleValue())).toString();
      case RATIO -> {
        BigDecimal percent = BigDecimal.valueOf(Ratio.parse(text).value()).multiply(HUNDRED);
        yield plain(percent.multiply(factor).min(HUNDRED)) + "%";
      }
      case COUNT -> plain(new BigDecimal(text).multiply(factor).setScale(0, RoundingMode.HALF_UP));
      default -> plain(new BigDecimal(text).multiply(factor));
    };
  }

  private static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(MathContext.DECIMAL64);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
