package dev.cascade.cli;

import dev.cascade.run.Shell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which mitigations are switched on. */
final class MitigationsOption {
  @Option(
      names = "--mitigation",
      split = ",",
      paramLabel = "NAME",
      description = "Switches a mitigation on; may be repeated.")
  List<String> names = new ArrayList<>();

  /** As it was typed, with a space before it; empty if it was not. */
  String typed() {
    return typed(names);
  }

  /** As it would be typed for these. */
  static String typed(List<String> names) {
    return names.isEmpty() ? "" : " --mitigation " + Shell.quoted(String.join(",", names));
  }
}
