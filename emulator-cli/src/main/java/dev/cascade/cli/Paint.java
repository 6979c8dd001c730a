package dev.cascade.cli;

import dev.cascade.property.Conclusion.Match;

/** Colours, where a terminal shows them: green, yellow and red are for verdicts alone. */
record Paint(boolean colours) {
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  String bold(String text) {
    return with(BOLD, text);
  }

  String dim(String text) {
    return with(DIM, text);
  }

  /** The sign before what was judged. */
  String mark(Match match) {
    return switch (match) {
      case MET -> with(GREEN, "✓");
      case DEVIATED -> with(RED, "✗");
      case INCONCLUSIVE -> with(YELLOW, "?");
    };
  }

  String of(Match match, String text) {
    return switch (match) {
      case MET -> with(GREEN, text);
      case DEVIATED -> with(RED, text);
      case INCONCLUSIVE -> with(YELLOW, text);
    };
  }

  private String with(String code, String text) {
    return colours ? code + text + PLAIN : text;
  }
}
