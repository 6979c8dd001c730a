package dev.cascade.cli;

/** Words as a shell takes them. */
final class Shell {
  private Shell() {}

  /** The word, in quotes if it needs them. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
