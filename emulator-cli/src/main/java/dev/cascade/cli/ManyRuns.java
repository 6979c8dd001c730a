package dev.cascade.cli;

import dev.cascade.run.Pace;
import dev.cascade.run.RunOptions;
import java.util.List;
import java.util.stream.LongStream;
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

  @Mixin private MitigationsOption mitigations = new MitigationsOption();

  @Mixin private EachRun each = new EachRun();

  @Mixin RunsOption runs = new RunsOption();

  RunOptions options() {
    return each.options(Pace.MAX, false, false);
  }

  /** The mitigations asked for. */
  List<String> mitigations() {
    return mitigations.names;
  }

  /** The options as they were typed, for the command that asks again. */
  String typed() {
    return mitigations.typed() + " --seeds " + words(seeds.all());
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
