package dev.cascade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.engine.HandledMessage;
import dev.cascade.random.DurationText;
import dev.cascade.run.Replay;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.Version;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Repeats a run in a fresh JVM, in check mode and with other identity hashes, and compares it tick
 * by tick with what was recorded. At the first tick that differs, two more JVMs log its messages,
 * and the first that differs is told.
 */
@Command(
    name = "replay",
    description = "Repeats a run in check mode and stops at the first event that differs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  @Mixin KeptRun run = new KeptRun();

  @Mixin OutputOptions output = new OutputOptions();

  /** The scenario that a run had, with its seed. */
  static Scenario scenario(RunFolder folder) {
    JsonNode about = folder.about();
    Scenario scenario =
        new ScenarioReader(Models.catalog())
            .read(ScenarioSource.file(folder.scenarioFile()), Overrides.NONE)
            .scenario()
            .seed(about.path("seed").asLong());
    return scenario;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunFolder folder = run.folder();
    JsonNode about = folder.about();
    scenario(folder); // tells what is wrong with it before any JVM is started
    folder.checkpoints();
    warnOfOtherVersions(about);
    JsonNode found =
        RunJson.MAPPER.readTree(
            ChildJvm.run(ChildJvm.OTHER_IDENTITY_HASHES, worker(folder, about)));
    JsonNode parting = found.path("parting");
    if (found.hasNonNull("failure")) {
      tellFailed(folder, found);
      return ExitCode.DEVIATED.code;
    }
    if (parting.isMissingNode()) {
      tellSame(folder, about, found);
      return ExitCode.AS_EXPECTED.code;
    }
    tellDifferent(folder, about, parting, firstDifference(folder, about, parting));
    return ExitCode.DEVIATED.code;
  }

  private List<String> worker(RunFolder folder, JsonNode about) {
    List<String> arguments = new ArrayList<>();
    arguments.add("replay-worker");
    arguments.add(folder.path().toAbsolutePath().toString());
    arguments.add("--shards=" + about.path("shards").asInt(1));
    if (output.quiet) {
      arguments.add("-q");
    }
    return arguments;
  }

  private void warnOfOtherVersions(JsonNode about) {
    String then = about.path("cascade").asText();
    if (!then.equals(Version.of()) && !output.quiet) {
      output
          .screen()
          .err()
          .println(
              "cascade: the run was made by version %s, this is %s: a difference would be no surprise."
                  .formatted(then, Version.of()));
    }
  }

  /** Two JVMs log the tick: one as the run had it, one with other identity hashes. */
  private Optional<Replay.Difference> firstDifference(
      RunFolder folder, JsonNode about, JsonNode parting) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("cascade-replay");
    Path here = scratch.resolve("here");
    Path there = scratch.resolve("there");
    try {
      ChildJvm.run(List.of(), logger(folder, about, parting, here));
      ChildJvm.run(ChildJvm.OTHER_IDENTITY_HASHES, logger(folder, about, parting, there));
      return Replay.firstDifference(HandledLog.read(here), HandledLog.read(there));
    } finally {
      Files.deleteIfExists(here);
      Files.deleteIfExists(there);
      Files.delete(scratch);
    }
  }

  private List<String> logger(RunFolder folder, JsonNode about, JsonNode parting, Path log) {
    List<String> arguments = new ArrayList<>(worker(folder, about));
    arguments.add("--from=" + parting.path("from").asLong());
    arguments.add("--to=" + parting.path("to").asLong());
    arguments.add("--log=" + log);
    return arguments;
  }

  private void tellSame(RunFolder folder, JsonNode about, JsonNode found) {
    if (!output.isText()) {
      output.print(
          RunJson.MAPPER
              .createObjectNode()
              .put("same", true)
              .put("checkpoints", found.path("checkpoints").asInt())
              .put("traceHash", about.path("traceHash").asText())
              .put("runFolder", folder.path().toString()));
      return;
    }
    PrintWriter console = output.screen().out();
    console.println(
        "  same     %d checkpoints agree, trace %s"
            .formatted(found.path("checkpoints").asInt(), about.path("traceHash").asText()));
    console.println("  results  " + folder.path());
    console.flush();
  }

  /** Messages pass through their serialized form here, which the run may never have tried. */
  private void tellFailed(RunFolder folder, JsonNode found) {
    String failure = found.path("failure").asText();
    int checkpoints = found.path("checkpoints").asInt();
    if (!output.isText()) {
      output.print(
          RunJson.MAPPER
              .createObjectNode()
              .put("same", false)
              .put("checkpoints", checkpoints)
              .put("failure", failure)
              .put("runFolder", folder.path().toString()));
      return;
    }
    PrintWriter console = output.screen().out();
    console.println(
        "  fails    after %d checkpoints that agree: %s".formatted(checkpoints, failure));
    console.println("  results  " + folder.path());
    console.flush();
  }

  private void tellDifferent(
      RunFolder folder, JsonNode about, JsonNode parting, Optional<Replay.Difference> difference) {
    List<String> hosts = new ArrayList<>();
    parting.path("hosts").forEach(host -> hosts.add(host.asText()));
    if (!output.isText()) {
      output.print(json(folder, parting, hosts, difference));
      return;
    }
    PrintWriter console = output.screen().out();
    console.println(
        "  differs  between %s and %s%s"
            .formatted(
                time(parting.path("from").asLong()),
                time(parting.path("to").asLong()),
                hosts.isEmpty() ? "" : ", first on " + String.join(", ", hosts)));
    if (difference.isPresent()) {
      Replay.Difference found = difference.get();
      console.println("  event    " + words(found.first()));
      console.println("    one JVM      " + words(found.here()));
      console.println("    another JVM  " + words(found.there()));
      console.println(
          "  Maybe %s leans on an order that differs between JVMs: a hash table with identity"
                  .formatted(culprit(found.first()))
              + " hashes, Set.of, Map.of?");
    } else {
      console.println(
          "  event    two more JVMs agreed with each other, so that it cannot be told. Maybe the"
              + " run was made by another build, or leans on a clock?");
    }
    console.println(
        "  scenario %s, seed %s"
            .formatted(about.path("scenario").asText(), about.path("seed").asText()));
    console.println("  results  " + folder.path());
    console.flush();
  }

  private static String culprit(HandledMessage message) {
    return message.sender() == null ? message.receiver() : message.sender();
  }

  private static String words(@Nullable HandledMessage message) {
    if (message == null) {
      return "(nothing more)";
    }
    return "%s  %s handles %s from %s"
        .formatted(
            time(message.timeNanos()),
            message.receiver(),
            message.type(),
            message.sender() == null ? "itself" : message.sender());
  }

  private static String time(long nanos) {
    return DurationText.format(Duration.ofNanos(nanos));
  }

  private static ObjectNode json(
      RunFolder folder,
      JsonNode parting,
      List<String> hosts,
      Optional<Replay.Difference> difference) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("same", false);
    json.put("from", parting.path("from").asLong() / 1e9);
    json.put("to", parting.path("to").asLong() / 1e9);
    hosts.forEach(json.putArray("hosts")::add);
    difference.ifPresent(
        found -> {
          HandledMessage first = found.first();
          json.putObject("event")
              .put("time", first.timeNanos() / 1e9)
              .put("host", first.host())
              .put("receiver", first.receiver())
              .put("type", first.type())
              .put("sender", first.sender());
        });
    json.put("runFolder", folder.path().toString());
    return json;
  }
}
