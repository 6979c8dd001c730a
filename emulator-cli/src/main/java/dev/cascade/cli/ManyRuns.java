package dev.cascade.cli;

import dev.cascade.random.DurationText;
import dev.cascade.run.Pace;
import dev.cascade.run.RunOptions;
import dev.cascade.run.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the runs of a question are made that one run cannot answer. */
final class ManyRuns {
  @Option(
      names = "--seeds",
      paramLabel = "SEEDS",
      converter = Counted.class,
      description = "How many runs of each kind: 10 is 1..10; also 3..8 or 3,5,8. Default: 5.")
  Seeds seeds = Counted.upTo(5);

  @Option(
      names = "--mitigation",
      split = ",",
      paramLabel = "NAME",
      description = "Switches a mitigation on; may be repeated.")
  List<String> mitigations = new ArrayList<>();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "Gives each run up after so much time on the wall clock.")
  @Nullable String timeLimit;

  @Option(
      names = "--shards",
      defaultValue = "1",
      paramLabel = "N",
      description = "Threads that share the hosts of a run; cores are better used by more runs.")
  int shards = 1;

  @Mixin RunsOption runs = new RunsOption();

  RunOptions options() {
    try {
      Duration limit = timeLimit == null ? null : DurationText.parse(timeLimit);
      return new RunOptions(shards, false, Pace.MAX, limit, false);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  /** The options as they were typed, for the command that asks again. */
  String typed() {
    StringBuilder text = new StringBuilder();
    if (!mitigations.isEmpty()) {
      text.append(" --mitigation ").append(Shell.quoted(String.join(",", mitigations)));
    }
    return text.append(" --seeds ").append(words(seeds.all())).toString();
  }

  private static String words(List<Long> all) {
    boolean counts =
        LongStream.rangeClosed(1, all.size()).boxed().toList().equals(all) && all.size() > 1;
    return counts
        ? Integer.toString(all.size())
        : String.join(",", all.stream().map(String::valueOf).toList())
            + (all.size() == 1 ? "," : "");
  }

  /** Here a number alone is how many seeds, not which. */
  static final class Counted implements ITypeConverter<Seeds> {
    @Override
    public Seeds convert(String text) {
      if (!text.matches("[0-9]{1,18}")) {
        return new Seeds.Converter().convert(text.replaceFirst(",$", ""));
      }
      return new Seeds.Converter().convert("1.." + (text.matches("0+") ? "0" : text));
    }

    static Seeds upTo(int count) {
      return new Seeds(LongStream.rangeClosed(1, count).boxed().toList());
    }
  }
}
