package dev.cascade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Several seeds: {@code 1..20}, {@code 3,5,8}, or both.
 *
 * @param all in the order given
 */
record Seeds(List<Long> all) {
  /** More than this is a mistyped range. */
  private static final int MAX = 100_000;

  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");

  Seeds {
    all = List.copyOf(all);
  }

  /** Reads them from the command line. */
  static final class Converter implements ITypeConverter<Seeds> {
    @Override
    public Seeds convert(String text) {
      List<Long> seeds = new ArrayList<>();
      for (String part : text.split(",", -1)) {
        Matcher range = RANGE.matcher(part.strip());
        if (!range.matches()) {
          throw new TypeConversionException(
              "The seeds (" + text + ") cannot be read. Maybe 1..20 or 3,5,8?");
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
        if (last < first || last - first >= MAX || seeds.size() + last - first >= MAX) {
          throw new TypeConversionException(
              "The seeds (" + part + ") must be a range upwards, of at most " + MAX + " seeds.");
        }
        for (long seed = first; seed <= last; seed++) {
          seeds.add(seed);
        }
      }
      return new Seeds(seeds);
    }
  }
}
