package dev.cascade.scenario;

import dev.cascade.property.Expression;
import dev.cascade.property.ExpressionException;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Vocabulary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks the expressions in parts of a file that could not be read for other reasons, so that an
 * author who mends those is not told of these only then.
 */
final class UnreadExpressions {
  private static final List<String> OF_PROPERTIES =
      List.of("always", "never", "eventually", "sometimes", "when");

  private final Scenario scenario;
  private final Whereabouts where;
  private final Vocabulary vocabulary;
  private final Problems problems;

  UnreadExpressions(
      Scenario scenario, Whereabouts where, Vocabulary vocabulary, Problems problems) {
    this.scenario = scenario;
    this.where = where;
    this.vocabulary = vocabulary;
    this.problems = problems;
  }

  void check() {
    TreeSet<String> read = new TreeSet<>();
    scenario.properties().stream().map(PropertySpec::name).forEach(read::add);
    items(read, OF_PROPERTIES, Section.PROPERTIES.key);

    TreeSet<String> entries = new TreeSet<>();
    scenario.timeline().entries().forEach(entry -> entries.add(entry.name()));
    items(entries, List.of("given", "emergent"), Section.TIMELINE.key);

    TreeSet<String> steps = new TreeSet<>();
    Stream.concat(scenario.method().stream(), scenario.rollbacks().stream())
        .forEach(step -> steps.add(step.name()));
    items(steps, List.of("when"), Section.METHOD.key);
    items(steps, List.of("when"), Section.ROLLBACKS.key);

    if (scenario.steadyState() == null) {
      items(new TreeSet<>(), List.of("expr"), Section.STEADY_STATE.key, "probes");
    }
    for (String name : where.keys(Section.MEASUREMENTS.key)) {
      if (!scenario.measurements().containsKey(name)) {
        compile(false, Section.MEASUREMENTS.key, name, "expr");
      }
    }
  }

  /** The items of a list whose names are not among those that were read. */
  private void items(Set<String> read, List<String> keys, String... list) {
    for (int i = 0; i < where.size(list); i++) {
      String[] item = path(list, String.valueOf(i));
      boolean isRead = where.text(path(item, "name")).filter(read::contains).isPresent();
      boolean isOff = where.text(path(item, "enabled")).filter("false"::equals).isPresent();
      for (String key : isRead || isOff ? List.<String>of() : keys) {
        compile(true, path(item, key));
      }
    }
  }

  private void compile(boolean condition, String... path) {
    String text = where.text(path).orElse("");
    try {
      if (!text.isEmpty() && condition) {
        Expression.condition(text, vocabulary);
      } else if (!text.isEmpty()) {
        Expression.number(text, vocabulary);
      }
    } catch (ExpressionException invalid) {
      for (ExpressionException.Problem problem : invalid.problems()) {
        problems.error(
            where.ofCharacter(problem.line(), problem.column(), "", path), problem.message());
      }
    }
  }

  private static String[] path(String[] start, String last) {
    return Stream.concat(Stream.of(start), Stream.of(last)).toArray(String[]::new);
  }
}
