package dev.cascade.run;

import java.util.regex.Pattern;

/** Words as a shell takes them. */
public final class Shell {
  /** What no shell reads anything into; a comment begins with #, but not within a word. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_@%+=:,./-][A-Za-z0-9_@%+=:,./#-]*");

  private Shell() {}

  /** The word, in quotes if it needs them. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
