package dev.cascade.cli;

import dev.cascade.fault.Direction;
import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.MethodStep;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a step does, as a sentence without its verb: {@code pause server/server for 30s}. */
final class Deeds {
  private Deeds() {}

  static String words(MethodStep step) {
    if (step.deed() instanceof MethodStep.Operate<?, ?> operate) {
      return operate.action().name()
          + " "
          + target(operate.target())
          + rest((Record) operate.parameters());
    }
    Fault fault = ((MethodStep.Inject) step.deed()).fault();
    return fault.getClass().getSimpleName().toLowerCase(Locale.ROOT) + rest((Record) fault);
  }

  private static String rest(Record deed) {
    StringBuilder words = new StringBuilder();
    for (RecordComponent component : deed.getClass().getRecordComponents()) {
      Object value = value(deed, component);
      if (value != null && value != Direction.BOTH && !Duration.ZERO.equals(value)) {
        words.append(' ').append(word(component.getName(), value));
      }
    }
    return words.toString();
  }

  private static @Nullable Object value(Record deed, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(deed);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String word(String name, Object value) {
    if (value instanceof Target target) {
      return name.equals("target") ? target(target) : name + " " + target(target);
    }
    String text =
        value instanceof Duration duration
            ? DurationText.format(duration)
            : value instanceof Enum<?> word
                ? word.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    return (name.equals("duration") ? "for" : name) + " " + text;
  }

  private static String target(Target target) {
    String name = target.name() == null ? "every host" : target.name();
    List<String> words = new ArrayList<>();
    double number = target.value() == null ? 0 : target.value();
    switch (target.mode()) {
      case ALL -> {}
      case ONE -> words.add("one of");
      case FIXED -> words.add(Figures.of(number) + " of");
      case PERCENT -> words.add(Figures.of(number) + " % of");
    }
    words.add(target.process() == null ? name : name + "/" + target.process());
    if (!target.zones().isEmpty()) {
      words.add("in " + String.join(", ", target.zones()));
    }
    target.labels().forEach((key, value) -> words.add("with " + key + ": " + value));
    return String.join(" ", words);
  }
}
