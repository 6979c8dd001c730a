package dev.cascade.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cascade.run.RunJson;
import java.io.UncheckedIOException;

/**
 * JSON that can stand inside a script element: nothing in it ends the element or begins another.
 */
final class SafeJson {
  private SafeJson() {}

  static String text(JsonNode json) {
    try {
      String text =
          RunJson.MAPPER
              .writer()
              .without(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(json);
      // These characters stand in strings alone, where their numbers mean the same.
      return text.replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
