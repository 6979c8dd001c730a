package dev.cascade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish, which picocli does not make: one line for each word. */
final class FishCompletion {
  private static final String COMMAND = "complete -c cascade";

  private FishCompletion() {}

  static String of(CommandLine root) {
    List<String> lines = new ArrayList<>();
    lines.add("# Completion of cascade for fish.");
    for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
      CommandSpec spec = entry.getValue().getCommandSpec();
      if (spec.usageMessage().hidden()) {
        continue;
      }
      String[] about = spec.usageMessage().description();
      lines.add(
          "%s -n __fish_use_subcommand -f -a %s -d %s"
              .formatted(COMMAND, entry.getKey(), quoted(about.length == 0 ? "" : about[0])));
      String when = " -n '__fish_seen_subcommand_from " + entry.getKey() + "'";
      spec.options().forEach(option -> lines.add(COMMAND + when + option(option)));
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        List<String> words = words(parameter.completionCandidates());
        if (!words.isEmpty()) {
          lines.add("%s%s -a %s".formatted(COMMAND, when, quoted(String.join(" ", words))));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      List<String> words = words(option.completionCandidates());
      text.append(words.isEmpty() ? " -r" : " -x -a " + quoted(String.join(" ", words)));
    }
    String[] about = option.description();
    return text.append(about.length == 0 ? "" : " -d " + quoted(rendered(option))).toString();
  }

  private static String rendered(OptionSpec option) {
    return option
        .description()[0]
        .replace(
            "${COMPLETION-CANDIDATES}", String.join(", ", words(option.completionCandidates())))
        .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
  }

  private static List<String> words(Iterable<String> candidates) {
    List<String> words = new ArrayList<>();
    if (candidates != null) {
      candidates.forEach(words::add);
    }
    return words;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
