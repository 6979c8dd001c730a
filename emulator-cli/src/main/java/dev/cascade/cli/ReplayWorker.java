package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.engine.HandledMessage;
import dev.cascade.run.Replay;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.RunListener;
import dev.cascade.run.RunOptions;
import dev.cascade.scenario.Scenario;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One JVM's part of a replay: compares a run with its checkpoints, or writes the log of a tick. */
@Command(name = "replay-worker", hidden = true, description = "Part of replay.")
final class ReplayWorker implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(names = "--from", description = "Where the tick begins, in nanoseconds.")
  long from;

  @Option(names = "--to", description = "Where it ends; without it, checkpoints are compared.")
  long to;

  @Option(names = "--log", description = "Where the log of the tick goes.")
  @Nullable Path log;

  @Option(names = "--shards", description = "Threads that share the hosts.")
  int shards = 1;

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    RunFolder run = RunFolder.at(folder);
    Scenario scenario = ReplayCommand.scenario(run);
    RunOptions options = RunOptions.DEFAULT.shards(shards).checked(true);
    RunListener listener =
        output.quiet
            ? RunListener.NONE
            : new ProgressView(output, "replay of " + scenario.metadata().name());
    Replay replay = new Replay(scenario, options, listener);
    Path logFile = log;
    if (logFile == null) {
      print(replay.compare(run.checkpoints()));
    } else {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(logFile)))) {
        for (HandledMessage message : replay.log(from, to)) {
          HandledLog.write(message, out);
        }
      }
    }
    return ExitCode.AS_EXPECTED.code;
  }

  private void print(Replay.Comparison comparison) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("checkpoints", comparison.checkpoints());
    Replay.Parting parting = comparison.parting();
    if (parting != null) {
      ObjectNode where = json.putObject("parting");
      where.put("from", parting.fromNanos()).put("to", parting.toNanos());
      parting.hosts().forEach(where.putArray("hosts")::add);
    }
    if (comparison.failure() != null) {
      json.put("failure", comparison.failure().message());
    }
    output.screen().out().print(RunJson.text(json));
    output.screen().out().flush();
  }
}
