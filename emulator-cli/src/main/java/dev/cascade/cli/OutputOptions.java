package dev.cascade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much a command says, and in which form. */
final class OutputOptions {
  /** A form of results. */
  enum Format {
    text,
    json,
    yaml
  }

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORM",
      description = "How results are printed: ${COMPLETION-CANDIDATES}.")
  Format format = Format.text;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "More: warnings, the journal while it runs, stack traces.")
  boolean verbose;

  @Option(names = "--no-color", description = "No colours; NO_COLOR does the same.")
  boolean noColor;

  Screen screen() {
    return Screen.ofProcess(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  boolean isText() {
    return format == Format.text;
  }

  Paint paint() {
    String wish = System.getenv("NO_COLOR");
    boolean wanted = !noColor && (wish == null || wish.isEmpty());
    return new Paint(wanted && screen().outIsTerminal());
  }

  /** Prints results for programs. */
  void print(JsonNode json) {
    screen().out().print(format == Format.yaml ? yaml(json) : RunJson.text(json));
    screen().out().flush();
  }

  private static String yaml(JsonNode json) {
    try {
      return YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          // A trace hash may have digits alone, and is a text all the same.
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build()
          .writeValueAsString(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
