package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.run.RunJson;
import dev.cascade.scenario.FieldGuide;
import dev.cascade.scenario.FieldGuide.Topic;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Documentation of scenario files, in the manner of {@code kubectl explain}. */
@Command(
    name = "explain",
    description = "Explains what scenario files can say: type, unit, default, meaning.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "  ./cascade explain service.endpoints.calls.retries",
      "  ./cascade explain faults.latency",
      "  ./cascade explain http_client_requests_total"
    })
final class ExplainCommand implements Callable<Integer> {
  /** As wide as terminals are that nobody has widened. */
  private static final int COLUMNS = 79;

  private static final String INDENT = "    ";

  /** Words that a shell completes. */
  static final class Topics implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> names = new ArrayList<>();
      for (Topic topic : FieldGuide.of(Models.catalog()).topics()) {
        names.add(topic.name());
      }
      names.addAll(Models.catalog().names());
      return names.stream().distinct().sorted().iterator();
    }
  }

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      completionCandidates = Topics.class,
      description = "Keys with dots between them; a model, fault or metric alone.")
  @Nullable String path;

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    FieldGuide guide = FieldGuide.of(Models.catalog());
    Topic topic;
    try {
      topic =
          path == null
              ? new Topic("scenario", "", false, null, "What there is to explain.", guide::topics)
              : guide.find(path);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException(String.valueOf(unknown.getMessage()));
    }
    if (output.isText()) {
      print(topic);
    } else {
      ObjectNode json = json(topic, path == null ? "" : path);
      ArrayNode parts = json.putArray("parts");
      topic.parts().get().forEach(part -> parts.add(json(part, part.name())));
      output.print(json);
    }
    return ExitCode.AS_EXPECTED.code;
  }

  private static ObjectNode json(Topic topic, String name) {
    return RunJson.MAPPER
        .createObjectNode()
        .put("name", name)
        .put("type", topic.type())
        .put("required", topic.required())
        .put("default", topic.defaultText())
        .put("description", topic.description());
  }

  private void print(Topic topic) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    out.println(paint.bold(path == null ? topic.name() : path));
    facts(topic).forEach(line -> out.println("  " + line));
    wrapped(topic.description(), "  ").forEach(out::println);
    List<Topic> parts = topic.parts().get();
    if (!parts.isEmpty()) {
      out.println();
    }
    for (Topic part : parts) {
      out.println("  " + paint.bold(part.name()));
      List<String> facts = facts(part);
      facts.forEach(line -> out.println(paint.dim(INDENT + line)));
      wrapped(part.description(), INDENT).forEach(out::println);
    }
    out.flush();
  }

  private static List<String> facts(Topic topic) {
    String optional =
        topic.required()
            ? "; required"
            : topic.defaultText() == null ? "" : "; default " + topic.defaultText();
    return topic.type().isEmpty() ? List.of() : wrapped(topic.type() + optional, "");
  }

  /** Lines that fit a terminal. */
  private static List<String> wrapped(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > COLUMNS - 4) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    if (!line.toString().isBlank()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
