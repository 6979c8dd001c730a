package dev.cascade.cli.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that are tried of one path: {@code 4..40:4} from first to last in steps, {@code
 * 25..400:x2} by doubling, {@code 1/s,2/s,5/s} one by one, {@code fifo,lifo} by their words, {@code
 * 1/s..10/s} for a search that chooses by itself.
 */
public final class Levels {
  /** More is a slip of the hand: a curve is not read to a thousandth. */
  public static final int MAX = 1000;

  /** Levels that a search looks at first: three within, so that a second edge has a chance. */
  private static final int COARSE = 5;

  private static final Pattern RANGE =
      Pattern.compile("([^.,:]*(?:\\.\\d+)?[^.,:]*)\\.\\.(.+?)(?::(.*))?");
  private static final Pattern BEGINS = Pattern.compile("-?\\d.*");

  private final String path;
  private final List<Level> all;
  private final @Nullable Amount first;
  private final @Nullable Amount last;
  private final boolean hasStep;

  private Levels(
      String path, List<Level> all, @Nullable Amount first, @Nullable Amount last, boolean step) {
    this.path = path;
    this.all = List.copyOf(all);
    this.first = first;
    this.last = last;
    this.hasStep = step;
  }

  /**
   * The levels of a setting; empty if it sets one value.
   *
   * @throws IllegalArgumentException if it is a range or a list that cannot be meant
   */
  public static Optional<Levels> of(String setting) {
    int equals = setting.indexOf('=');
    String path = equals < 0 ? "" : setting.substring(0, equals);
    String text = equals < 0 ? "" : setting.substring(equals + 1).strip();
    if (text.isEmpty() || "[{\"'".indexOf(text.charAt(0)) >= 0) {
      return Optional.empty();
    }
    if (text.contains(",")) {
      return Optional.of(list(path, text));
    }
    Matcher range = RANGE.matcher(text);
    boolean isRange = range.matches() && BEGINS.matcher(text).matches();
    return isRange ? Optional.of(range(path, text, range)) : Optional.empty();
  }

  private static Levels list(String path, String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        throw new IllegalArgumentException(
            "The list (%s) has a gap. Maybe one comma too many?".formatted(text));
      }
      parts.add(part.strip());
    }
    List<Amount> amounts = parts.stream().flatMap(part -> Amount.parse(part).stream()).toList();
    List<Level> levels = new ArrayList<>();
    boolean numbers = amounts.size() == parts.size();
    if (numbers) {
      Amount one = amounts.get(0);
      amounts.forEach(amount -> requireSameKind(text, one, amount));
      for (int i = 0; i < parts.size(); i++) {
        levels.add(new Level(parts.get(i), amounts.get(i).value()));
      }
      levels.sort(Comparator.comparingDouble(Level::value));
    } else {
      parts.forEach(part -> levels.add(new Level(part, levels.size())));
    }
    boolean distinct =
        numbers
            ? levels.stream().map(Level::value).distinct().count() == levels.size()
            : new LinkedHashSet<>(parts).size() == parts.size();
    if (!distinct) {
      throw new IllegalArgumentException("The list (%s) has a value twice.".formatted(text));
    }
    requireFew(text, levels.size());
    return new Levels(path, levels, null, null, true);
  }

  private static Levels range(String path, String text, Matcher range) {
    Amount from = amount(text, range.group(1));
    Amount to = amount(text, range.group(2));
    requireSameKind(text, from, to);
    if (to.count().compareTo(from.count()) <= 0) {
      throw new IllegalArgumentException(
          "The range (%s) must go upwards, from the lesser value to the greater. Maybe %s..%s?"
              .formatted(text, to, from));
    }
    String step = range.group(3);
    if (step == null) {
      return new Levels(path, List.of(), from, to, false);
    }
    List<Level> levels =
        step.matches("[x*]\\d+(\\.\\d+)?")
            ? byFactor(text, from, to, new BigDecimal(step.substring(1)))
            : bySteps(text, from, to, step);
    return new Levels(path, levels, from, to, true);
  }

  private static Amount amount(String range, String text) {
    return Amount.parse(text.strip())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The range (%s) cannot be read at (%s). Maybe 4..40:4, 2/s..10/s:1/s or 100ms..1s:100ms?"
                        .formatted(range, text)));
  }

  private static List<Level> bySteps(String text, Amount from, Amount to, String stepText) {
    Amount step = amount(text, stepText);
    requireSameKind(text, from, step);
    if (step.count().signum() <= 0) {
      throw new IllegalArgumentException(
          "The step (%s) of the range (%s) must be more than 0. Maybe %s?"
              .formatted(stepText, text, niceStep(from, to)));
    }
    BigDecimal span = to.count().subtract(from.count());
    BigDecimal steps = span.divide(step.count(), 0, RoundingMode.FLOOR);
    if (steps.signum() == 0) {
      throw new IllegalArgumentException(
          "The step (%s) is longer than the range (%s). Maybe %s?"
              .formatted(stepText, text, niceStep(from, to)));
    }
    requireFew(text, steps.add(BigDecimal.ONE).min(BigDecimal.valueOf(1L << 40)).longValue());
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i <= steps.intValue(); i++) {
      Amount amount = from.with(from.count().add(step.count().multiply(BigDecimal.valueOf(i))));
      levels.add(level(amount, to));
    }
    return levels;
  }

  private static List<Level> byFactor(String text, Amount from, Amount to, BigDecimal factor) {
    if (factor.compareTo(BigDecimal.ONE) <= 0 || from.count().signum() <= 0) {
      throw new IllegalArgumentException(
          "The range (%s) cannot grow: it must begin above 0, by a factor above 1. Maybe 25..400:x2?"
              .formatted(text));
    }
    List<Level> levels = new ArrayList<>();
    BigDecimal next = from.count();
    while (next.compareTo(to.count()) <= 0) {
      levels.add(
          level(from.with(from.isWhole() ? next.setScale(0, RoundingMode.HALF_UP) : next), to));
      next = next.multiply(factor).round(MathContext.DECIMAL64);
      requireFew(text, levels.size());
    }
    return levels.stream().distinct().toList();
  }

  /** In the unit of both ends, or, of times with different ones, in what reads best. */
  private static Level level(Amount amount, Amount last) {
    boolean mixed = amount.kind() == Amount.Kind.TIME && !amount.unit().equals(last.unit());
    return (mixed ? amount.in("") : amount).level();
  }

  private static void requireSameKind(String text, Amount one, Amount other) {
    if (one.kind() != other.kind()) {
      throw new IllegalArgumentException(
          "In (%s) there is a %s (%s) and a %s (%s). Maybe write the unit with each?"
              .formatted(text, one.kind().word, one, other.kind().word, other));
    }
  }

  private static void requireFew(String text, long count) {
    if (count > MAX) {
      throw new IllegalArgumentException(
          "The values (%s) are %d, and more than %d are not tried. Maybe a longer step, or --until 1%%?"
              .formatted(text, count, MAX));
    }
  }

  /** A step of 1, 2 or 5 that makes about ten of a range. */
  private static String niceStep(Amount from, Amount to) {
    double unit =
        from.with(BigDecimal.valueOf(from.kind().units.getOrDefault(from.unit(), 1L)))
            .count()
            .doubleValue();
    double rough = (to.count().doubleValue() - from.count().doubleValue()) / 10 / unit;
    double ten = Math.pow(10, Math.floor(Math.log10(rough)));
    double nice =
        rough / ten < 1.5
            ? ten
            : rough / ten < 3.5 ? 2 * ten : rough / ten < 7.5 ? 5 * ten : 10 * ten;
    double step = from.isWhole() && to.isWhole() ? Math.max(1, nice) : nice;
    return from.with(new BigDecimal(step * unit).round(new MathContext(6))).toString();
  }

  /** What is varied. */
  public String path() {
    return path;
  }

  /** All values, least first; none if there is no step. */
  public List<Level> all() {
    return all;
  }

  /** Whether the values are said; if not, only a search can choose them. */
  public boolean hasStep() {
    return hasStep;
  }

  /** Whether it is a range, in which there are values between any two. */
  public boolean isRange() {
    return first != null;
  }

  /** The range with a step that would make about ten levels. */
  public String withStep() {
    return first == null || last == null
        ? path
        : "%s=%s..%s:%s".formatted(path, first, last.in(first.unit()), niceStep(first, last));
  }

  /** A few levels from end to end, where a search begins. */
  public List<Level> coarse() {
    if (first == null || last == null) {
      throw new IllegalStateException("A list has no levels between those it names.");
    }
    Amount end = last;
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < COARSE; i++) {
      BigDecimal count =
          first
              .count()
              .add(
                  end.count()
                      .subtract(first.count())
                      .multiply(BigDecimal.valueOf(i))
                      .divide(BigDecimal.valueOf(COARSE - 1), MathContext.DECIMAL64));
      levels.add(level(rounded(count, end.count().subtract(first.count())), last));
    }
    return levels.stream().distinct().toList();
  }

  /** A level about halfway; empty if there is none between. */
  public Optional<Level> between(Level low, Level high) {
    BigDecimal below = count(low);
    BigDecimal above = count(high);
    BigDecimal middle = below.add(above).divide(BigDecimal.valueOf(2), MathContext.DECIMAL64);
    Amount exact = rounded(middle, above.subtract(below));
    Level level = level(exact, Objects.requireNonNull(last));
    return low.value() < level.value() && level.value() < high.value()
        ? Optional.of(level)
        : Optional.empty();
  }

  private BigDecimal count(Level level) {
    return Amount.parse(level.text())
        .orElseThrow(() -> new IllegalStateException(level + " is no level of " + path))
        .count();
  }

  /** With as many digits as a step of a fiftieth of the span needs: 6.25/s rather than 6.2537/s. */
  private Amount rounded(BigDecimal count, BigDecimal span) {
    Amount one = Objects.requireNonNull(first);
    if (one.isWhole() && last != null && last.isWhole()) {
      return one.with(count.setScale(0, RoundingMode.HALF_UP));
    }
    BigDecimal unit = BigDecimal.valueOf(one.kind().units.getOrDefault(one.unit(), 1L));
    BigDecimal inUnits = count.divide(unit, MathContext.DECIMAL64);
    double step = span.divide(unit, MathContext.DECIMAL64).doubleValue() / 50;
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step)));
    return one.with(inUnits.setScale(Math.min(12, digits), RoundingMode.HALF_EVEN).multiply(unit));
  }

  /**
   * How far apart two levels may be for a search to end.
   *
   * @param until a share of the greater level, {@code 1%}, or a distance, {@code 0.1/s}
   * @throws IllegalArgumentException if it is neither
   */
  public double tolerance(String until, Level high) {
    Amount wanted = Amount.parse(until).orElse(null);
    if (wanted == null || wanted.count().signum() <= 0 || first == null) {
      throw new IllegalArgumentException(
          "The --until (%s) must be a share such as 1%%, or a distance such as 0.1/s."
              .formatted(until));
    }
    if (wanted.kind() == Amount.Kind.PERCENT) {
      return Math.abs(high.value()) * wanted.value() / 100;
    }
    requireSameKind(until, first, wanted);
    return wanted.value();
  }

  /** How many levels a grid from end to end would have whose steps are this long. */
  public long gridOf(double step) {
    return first == null || last == null
        ? all.size()
        : 1 + (long) Math.ceil((last.value() - first.value()) / step - 1e-9);
  }
}
