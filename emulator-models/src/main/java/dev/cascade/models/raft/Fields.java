package dev.cascade.models.raft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Texts in one text: each with its length before it, so that they may hold anything. */
public final class Fields {
  private Fields() {}

  /** All of them in one. */
  public static String join(List<String> fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      text.append(field.length()).append(':').append(field);
    }
    return text.toString();
  }

  /** All of them in one. */
  public static String join(String... fields) {
    return join(List.of(fields));
  }

  /**
   * What {@link #join} was given.
   *
   * @throws IllegalArgumentException if the text is none of its
   */
  public static List<String> split(String text) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new IllegalArgumentException("The text (" + text + ") has no length at " + at + ".");
      }
      int end = colon + 1 + Integer.parseInt(text.substring(at, colon));
      fields.add(text.substring(colon + 1, end));
      at = end;
    }
    return Collections.unmodifiableList(fields);
  }
}
