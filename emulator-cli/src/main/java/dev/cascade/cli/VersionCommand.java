package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.run.RunJson;
import dev.cascade.run.Version;
import java.util.concurrent.Callable;
import org.apache.pekko.Version$;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what this is. */
@Command(
    name = "version",
    description = "Prints the versions of Cascade, Pekko and Java.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (output.isText()) {
      output
          .screen()
          .out()
          .println(
              "cascade %s (Pekko %s, Java %s)".formatted(Version.of(), pekko(), Runtime.version()));
      output.screen().out().flush();
    } else {
      ObjectNode json = RunJson.MAPPER.createObjectNode();
      json.put("cascade", Version.of());
      json.put("pekko", pekko());
      json.put("java", Runtime.version().toString());
      output.print(json);
    }
    return ExitCode.AS_EXPECTED.code;
  }

  private static String pekko() {
    return Version$.MODULE$.current();
  }
}
