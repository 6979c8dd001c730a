package dev.cascade.cli.sweep;

import dev.cascade.random.DurationText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with its unit, counted exactly, so that steps add up.
 *
 * @param kind what it is
 * @param count of the kind's smallest unit
 * @param unit as it was typed; empty for plain numbers and for times of several units ({@code
 *     1m30s})
 */
record Amount(Kind kind, BigDecimal count, String unit) {
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,18}(?:\\.\\d{1,18})?)([^\\d.]*)");

  private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000_000_000L);

  /** What an amount is. */
  enum Kind {
    NUMBER("number", 1, Map.of("", 1L)),
    PERCENT("percentage", 1, Map.of("%", 1L)),
    RATE("rate", 3600, units("/h", 1, "/m", 60, "/min", 60, "/s", 3600)),
    TIME("time", 1_000_000_000L, times()),
    SIZE("size", 1, sizes()),
    BANDWIDTH("bandwidth", 1, bandwidths());

    final String word;

    /** How many of the smallest unit make one of the base unit. */
    final long base;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and nobody else has it
    final Map<String, Long> units;

    Kind(String word, long base, Map<String, Long> units) {
      this.word = word;
      this.base = base;
      this.units = Collections.unmodifiableMap(units);
    }

    private static Map<String, Long> units(Object... namesAndCounts) {
      Map<String, Long> units = new LinkedHashMap<>();
      for (int i = 0; i < namesAndCounts.length; i += 2) {
        units.put((String) namesAndCounts[i], ((Number) namesAndCounts[i + 1]).longValue());
      }
      return units;
    }

    private static Map<String, Long> times() {
      Map<String, Long> units = new LinkedHashMap<>();
      for (String unit : new String[] {"ns", "us", "µs", "ms", "s", "m", "h", "d"}) {
        units.put(unit, DurationText.parse("1" + unit).toNanos());
      }
      return units;
    }

    private static Map<String, Long> sizes() {
      Map<String, Long> units = new LinkedHashMap<>(units("B", 1));
      long decimal = 1;
      long binary = 1;
      for (String prefix : new String[] {"k", "M", "G", "T"}) {
        decimal *= 1000;
        binary *= 1024;
        for (String spelt : prefix.equals("k") ? new String[] {"k", "K"} : new String[] {prefix}) {
          units.put(spelt, decimal);
          units.put(spelt + "B", decimal);
          units.put(spelt + "i", binary);
          units.put(spelt + "iB", binary);
        }
      }
      return units;
    }

    private static Map<String, Long> bandwidths() {
      Map<String, Long> units = new LinkedHashMap<>(units("bit/s", 1));
      long bits = 1;
      for (String prefix : new String[] {"k", "M", "G", "T"}) {
        bits *= 1000;
        units.put(prefix + "bit/s", bits);
      }
      return units;
    }
  }

  /** Reads an amount; empty if it is none. */
  static Optional<Amount> parse(String text) {
    Matcher number = TEXT.matcher(text);
    if (number.matches()) {
      for (Kind kind : Kind.values()) {
        Long unit = kind.units.get(number.group(2));
        if (unit != null) {
          BigDecimal count = new BigDecimal(number.group(1)).multiply(BigDecimal.valueOf(unit));
          return Optional.of(new Amount(kind, count, number.group(2)));
        }
      }
      return Optional.empty();
    }
    try {
      long nanos = DurationText.parse(text).toNanos();
      return Optional.of(new Amount(Kind.TIME, BigDecimal.valueOf(nanos), ""));
    } catch (IllegalArgumentException noTime) {
      return Optional.empty();
    }
  }

  /** Whether it was typed as a whole plain number: what lies between two such is whole too. */
  boolean isWhole() {
    return kind == Kind.NUMBER && count.scale() <= 0;
  }

  Amount with(BigDecimal newCount) {
    return new Amount(kind, newCount, unit);
  }

  /** The same in another unit of its kind. */
  Amount in(String newUnit) {
    return new Amount(kind, count, newUnit);
  }

  private String unitBelowMinute() {
    for (String name : new String[] {"s", "ms", "us"}) {
      if (count.compareTo(BigDecimal.valueOf(kind.units.getOrDefault(name, 1L))) >= 0) {
        return name;
      }
    }
    return "ns";
  }

  private String longTime() {
    return DurationText.format(
        Duration.ofNanos(count.setScale(0, RoundingMode.HALF_EVEN).longValue()));
  }

  double value() {
    return count.doubleValue() / kind.base;
  }

  Level level() {
    return new Level(toString(), value());
  }

  /** As a scenario says it. */
  @Override
  public String toString() {
    if (kind == Kind.TIME && unit.isEmpty()) {
      return count.compareTo(MINUTE) < 0 ? in(unitBelowMinute()).toString() : longTime();
    }
    BigDecimal one = BigDecimal.valueOf(kind.units.getOrDefault(unit, 1L));
    BigDecimal number = count.divide(one, 12, RoundingMode.HALF_EVEN);
    String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    return plain + unit;
  }
}
