package dev.cascade.scenario;

import com.fasterxml.jackson.databind.JavaType;
import dev.cascade.node.Model;
import dev.cascade.scenario.RecordShape.RecordKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What each key of a model's configuration is when a scenario does not say, as YAML with comments:
 * units, sources and guesses from the records that the reader reads. Keys without a default stand
 * in comments.
 */
public final class ModelDefaults {
  private static final int COLUMNS = 100;

  private final StringBuilder text = new StringBuilder();
  private final Deque<Class<?>> inside = new ArrayDeque<>();

  private ModelDefaults() {}

  /** The file of a model. */
  public static String of(Model<?> model) {
    ModelDefaults defaults = new ModelDefaults();
    String page = model.getClass().getPackageName().replaceFirst(".*\\.", "");
    defaults.comment(
        "", "Generated from the model's configuration by SchemaFileTest: not to be edited.");
    defaults.comment("", "%s: %s".formatted(model.name(), model.summary()));
    defaults.comment(
        "",
        "What a scenario gets that says nothing. Keys in comments have no default. Mechanisms and"
            + " sources: docs/models/%s.md.".formatted(page));
    defaults.keys(model.configType(), "", false);
    return defaults.text.toString();
  }

  private void keys(Class<?> type, String indent, boolean isComment) {
    inside.push(type);
    for (RecordKey key : RecordShape.of(type).keys()) {
      key(key, indent, isComment);
    }
    inside.pop();
  }

  private void key(RecordKey key, String indent, boolean isComment) {
    text.append('\n');
    String about = key.description() == null ? "" : key.description() + " ";
    comment(
        indent, about + "(" + FieldGuide.type(key.type()) + (key.required() ? "; required)" : ")"));
    if (key.guess() != null) {
      comment(indent, "A guess, from: " + key.guess() + ".");
    }
    if (key.defaultText() == null) {
      String empty =
          key.required() || key.nullable() ? "" : key.type().isMapLikeType() ? " {}" : " []";
      line(indent, isComment || empty.isEmpty(), key.name() + ":" + empty);
    } else {
      line(indent, isComment, key.name() + ": " + key.defaultText());
    }
    mapping(key.type()).ifPresent(type -> keys(type, indent + "  ", true));
  }

  /** The records that a value is made of, unless they are those that it stands in. */
  private Optional<Class<?>> mapping(JavaType type) {
    if (type.isContainerType()) {
      return mapping(type.getContentType());
    }
    Class<?> raw = type.getRawClass();
    boolean isOneOfSeveral = Variants.of(raw).isPresent();
    return isOneOfSeveral || !RecordShape.isMapping(raw) || inside.contains(raw)
        ? Optional.empty()
        : Optional.of(raw);
  }

  private void line(String indent, boolean isComment, String line) {
    text.append(isComment ? "# " + indent : indent).append(line).append('\n');
  }

  private void comment(String indent, String sentence) {
    StringBuilder line = new StringBuilder("#" + indent);
    for (String word : sentence.split("\\s+", -1)) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        text.append(line).append('\n');
        line = new StringBuilder("#" + indent);
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
