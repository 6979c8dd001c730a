package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.run.Verdict;

/** Signs of verdicts: a shape, a colour, and a word for those who see neither. */
final class Marks {
  private static final String GOOD = "good";
  private static final String BAD = "bad";
  private static final String OPEN = "open";

  private Marks() {}

  /** Of a whole run, in words. */
  static void verdict(Html html, Verdict verdict) {
    String style =
        switch (verdict) {
          case PASS -> GOOD;
          case FAIL -> BAD;
          case INCONCLUSIVE -> OPEN;
        };
    html.open("strong", "class", "badge " + style);
    html.element("span", sign(style), "aria-hidden", "true").text(" " + verdict.word());
    html.close("strong").text(" ");
  }

  /** Whether a property is as expected. */
  static void of(Html html, JsonNode property) {
    mark(html, style(property), property.path("conclusion").asText());
  }

  /** Whether something holds. */
  static void ofResult(Html html, String result) {
    String style = result.equals("holds") ? GOOD : result.equals("violated") ? BAD : OPEN;
    mark(html, style, result);
  }

  /** Of a class of marks, with words for those who do not see it. */
  static void mark(Html html, String style, String words) {
    html.open("span", "class", "mark " + style);
    html.element("span", sign(style), "aria-hidden", "true");
    html.element("span", words, "class", "unseen").close("span");
  }

  static String sign(JsonNode property) {
    return sign(style(property));
  }

  /** The class of a property's mark. */
  static String style(JsonNode property) {
    return ofMatch(property.path("conclusion").asText());
  }

  /** The class of a mark for whether something was as expected. */
  static String ofMatch(String match) {
    return switch (match) {
      case "met" -> GOOD;
      case "deviated" -> BAD;
      default -> OPEN;
    };
  }

  private static String sign(String style) {
    return switch (style) {
      case GOOD -> "✓";
      case BAD -> "✗";
      default -> "?";
    };
  }
}
