package dev.cascade.cli.report;

/**
 * Writes HTML. Text and attributes are escaped here and nowhere else, so that no name of a
 * stranger's scenario becomes a tag; tags and the keys of attributes are ours.
 */
final class Html {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder();

  /** Begins an element, with keys and values of its attributes in turn. */
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]);
      if (!attributes[i + 1].isEmpty()) {
        out.append("=\"").append(escaped(attributes[i + 1])).append('"');
      }
    }
    out.append('>');
    return this;
  }

  /** Ends an element. */
  Html close(String tag) {
    out.append("</").append(tag).append(">\n");
    return this;
  }

  /** Text between tags. */
  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element that holds text alone. */
  Html element(String tag, String text, String... attributes) {
    open(tag, attributes);
    text(text);
    out.append("</").append(tag).append('>');
    return this;
  }

  /** What is HTML already: our own scripts and styles, or what another of these wrote. */
  Html trusted(String html) {
    out.append(html);
    return this;
  }

  /**
   * Text that HTML shows as it is. What would turn the direction of the text around it, or has no
   * look at all, is shown as a replacement.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '\n', '\t' -> escaped.append(c);
        default -> escaped.append(isTreacherous(c) ? REPLACEMENT : c);
      }
    }
    return escaped.toString();
  }

  private static boolean isTreacherous(char c) {
    return c < ' '
        || (c >= '\u007F' && c <= '\u009F')
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Begins a part of the page. */
  void section(String id, String title) {
    open("section", "id", id).element("h2", title);
  }

  /** The head of a table; numbers, whose headings begin with an equals sign, stand right. */
  void head(String... headings) {
    open("thead").open("tr");
    for (String heading : headings) {
      if (heading.isEmpty()) {
        open("td").close("td");
      } else if (heading.startsWith("=")) {
        element("th", heading.substring(1), "scope", "col", "class", "number");
      } else {
        element("th", heading, "scope", "col");
      }
    }
    close("tr").close("thead").open("tbody");
  }
}
