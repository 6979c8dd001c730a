package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.metrics.SeveralSeriesException;
import dev.cascade.property.Expression;
import dev.cascade.property.ExpressionException;
import dev.cascade.property.Vocabulary;
import dev.cascade.random.DurationText;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a finished run a question. */
@Command(
    name = "query",
    description = "Evaluates an expression over a finished run: at its end, or step by step.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueryCommand implements Callable<Integer> {
  @Mixin KeptRun run = new KeptRun();

  @Parameters(
      index = "1",
      paramLabel = "EXPR",
      description = "As in properties: rate('http_requests_total', '10s').")
  String expression = "";

  @Option(names = "--from", paramLabel = "TIME", description = "The measured part starts here.")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "It ends here; the run's end if absent.")
  @Nullable String to;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "One value each so often; one for the whole if absent.")
  @Nullable String every;

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    RunFolder folder = run.folder();
    SeriesFile.Content content = folder.series();
    SeriesStore store = content.store();
    try {
      Expression parsed = Expression.any(expression, new Vocabulary(content.infos(), List.of()));
      long fromNanos = nanos(from, warmup(folder));
      long toNanos = nanos(to, store.timeNanos(store.ticks() - 1));
      if (fromNanos >= toNanos) {
        throw new UsageException(
            "The time from (%s) must come before the time to (%s). Maybe the run is shorter than that?"
                .formatted(text(fromNanos), text(toNanos)));
      }
      Readings readings = new Readings(store, fromNanos);
      if (every == null) {
        single(parsed, readings, store.tickAtOrBefore(toNanos));
      } else {
        series(parsed, readings, fromNanos, toNanos, nanos(every, 0));
      }
    } catch (ExpressionException | SeveralSeriesException wrong) {
      throw new UsageException(
          "The expression (%s) cannot be evaluated:%n%s".formatted(expression, wrong.getMessage()));
    }
    return ExitCode.AS_EXPECTED.code;
  }

  private static String text(long nanos) {
    return DurationText.format(Duration.ofNanos(nanos));
  }

  private static long warmup(RunFolder folder) {
    return folder.about().path("warmupNanos").asLong(0);
  }

  private static long nanos(@Nullable String text, long otherwise) {
    return text == null ? otherwise : TypedTime.of(text).toNanos();
  }

  private void single(Expression parsed, Readings readings, int tick) {
    String value = value(parsed, readings, tick);
    if (output.isText()) {
      output.screen().out().println(value);
      output.screen().out().flush();
      return;
    }
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("expression", expression);
    put(json, value);
    output.print(json);
  }

  private void series(
      Expression parsed, Readings readings, long fromNanos, long toNanos, long stepNanos) {
    if (stepNanos <= 0) {
      throw new UsageException("The step (--every " + every + ") must be longer than zero.");
    }
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    int before = -1;
    for (long time = fromNanos + stepNanos; time <= toNanos; time += stepNanos) {
      int tick = readings.store().tickAtOrBefore(time);
      if (tick < 0 || tick == before) {
        continue;
      }
      before = tick;
      String value = value(parsed, readings, tick);
      Duration at = Duration.ofNanos(readings.store().timeNanos(tick));
      if (output.isText()) {
        output.screen().out().println(DurationText.instant(at) + "\t" + value);
      } else {
        put(json.addObject().put("time", at.toNanos() / 1e9), value);
      }
    }
    if (!output.isText()) {
      output.print(json);
    }
    output.screen().out().flush();
  }

  private static String value(Expression parsed, Readings readings, int tick) {
    if (parsed.isCondition()) {
      return parsed.judge(readings, tick).worst().name().toLowerCase(Locale.ROOT);
    }
    Double number = parsed.measure(readings, tick);
    return number == null ? "no data" : Figures.exact(number);
  }

  private static void put(ObjectNode json, String value) {
    if (value.equals("no data") || value.equals("unknown")) {
      json.putNull("value");
    } else if (value.equals("true") || value.equals("false")) {
      json.put("value", value.equals("true"));
    } else {
      json.put("value", new java.math.BigDecimal(value));
    }
  }
}
