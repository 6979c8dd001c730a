package dev.cascade.cli;

import dev.cascade.node.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What was typed and what may have been meant. */
final class Typing {
  private static final Pattern NO_SUCH_WORD =
      Pattern.compile(".*expected one of \\[(.*)] .* but was '(.*)'");

  private Typing() {}

  /** What picocli says, as a sentence; with a guess where there are words to choose from. */
  static String inOurWords(String message) {
    Matcher choice = NO_SUCH_WORD.matcher(message);
    if (choice.matches()) {
      return message + "." + nearest(choice.group(2), List.of(choice.group(1).split(", ")));
    }
    return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
  }

  /** What is said of a word that the command does not know. */
  static String unknown(CommandLine command, String word, List<String> typed) {
    CommandSpec spec = command.getCommandSpec();
    if (word.startsWith("-")) {
      return early(spec, word, typed)
          .orElseGet(
              () -> "There is no option (%s).%s".formatted(word, nearest(word, options(spec))));
    }
    List<String> names = commands(spec);
    return names.isEmpty()
        ? "There is one argument too many (%s).".formatted(word)
        : "There is no command (%s).%s".formatted(word, Suggestion.maybe(word, names));
  }

  /** Options of a command that were typed before it: {@code -o json list}. */
  private static Optional<String> early(CommandSpec spec, String word, List<String> typed) {
    int at = typed.indexOf(word);
    for (int i = at + 1; i < typed.size() && at >= 0; i++) {
      CommandLine meant = spec.subcommands().get(typed.get(i));
      if (meant != null) {
        OptionSpec option = meant.getCommandSpec().findOption(word);
        if (option == null) {
          return Optional.empty();
        }
        List<String> words = new ArrayList<>(typed.subList(0, at));
        words.addAll(typed.subList(i, typed.size()));
        words.addAll(corrected(option, typed.subList(at, i)));
        return Optional.of(
            "The option (%s) comes after the command. Maybe ./%s %s?"
                .formatted(word, spec.qualifiedName(), String.join(" ", words)));
      }
    }
    return Optional.empty();
  }

  /** An option and its value, which is one of the words to choose from if there are any. */
  private static List<String> corrected(OptionSpec option, List<String> words) {
    List<String> known = new ArrayList<>();
    if (option.completionCandidates() != null) {
      option.completionCandidates().forEach(known::add);
    }
    List<String> corrected = new ArrayList<>(words);
    if (words.size() > 1 && !known.contains(words.get(1))) {
      Suggestion.nearest(words.get(1), known).ifPresent(meant -> corrected.set(1, meant));
    }
    return corrected;
  }

  private static List<String> options(CommandSpec spec) {
    return spec.options().stream().flatMap(option -> Stream.of(option.names())).toList();
  }

  private static List<String> commands(CommandSpec spec) {
    return spec.subcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String nearest(String word, List<String> known) {
    return Suggestion.nearest(word, known).map(name -> " Maybe " + name + "?").orElse("");
  }
}
