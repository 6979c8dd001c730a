package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.TimelineEntry;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What no entry of a timeline knows by itself. */
final class TimelineCheck {
  private static final String SECTION = Section.TIMELINE.key;

  private final Scenario scenario;
  private final Whereabouts where;
  private final Problems problems;
  private final List<TimelineEntry> entries;

  TimelineCheck(Scenario scenario, Whereabouts where, Problems problems) {
    this.scenario = scenario;
    this.where = where;
    this.problems = problems;
    this.entries = scenario.timeline().entries();
  }

  /** Tells which names are taken or refer to nothing, and what makes no timeline. */
  void check() {
    if (entries.isEmpty() || entries.size() < where.size(SECTION)) {
      return; // there is none, or what could not be read may be what is missed here
    }
    checkNames();
    checkFirst();
    checkTimes();
    long emergent = scenario.timeline().emergent();
    if (2 * emergent < entries.size()) {
      problems.warn(
          where.of(SECTION),
          "Only %d of the timeline's %d entries are emergent: most of it is set by the method. Maybe look for what follows from it?"
              .formatted(emergent, entries.size()));
    }
  }

  private void checkNames() {
    Set<String> properties = new TreeSet<>();
    scenario.properties().stream().map(PropertySpec::name).forEach(properties::add);
    Set<String> earlier = new TreeSet<>();
    for (TimelineEntry entry : entries) {
      String leader = entry.follows();
      if (leader != null && !earlier.contains(leader)) {
        problems.error(
            where.of(SECTION, entry.name(), "follows"),
            "No entry before this one is called (%s).%s"
                .formatted(leader, Suggestion.maybe(leader, earlier)));
      }
      if (!earlier.add(entry.name())) {
        problems.error(
            where.ofSecond(entry.name(), SECTION),
            "The name (%s) is there already. Maybe remove one?".formatted(entry.name()));
      }
      if (properties.contains(entry.name())) {
        problems.error(
            where.of(SECTION, entry.name(), "name"),
            "The name (%s) is taken by a property, and expect could mean either. Maybe rename one?"
                .formatted(entry.name()));
      }
    }
  }

  private void checkFirst() {
    TimelineEntry first = entries.get(0);
    if (first.isEmergent()) {
      problems.error(
          where.of(SECTION, first.name(), first.key()),
          "The first entry (%s) is where the two clocks meet, so that it must be given. Maybe begin with the trigger?"
              .formatted(first.name()));
    }
    boolean anyTimeOfDay = entries.stream().anyMatch(entry -> entry.clock().isTimeOfDay());
    if (anyTimeOfDay && !first.clock().isTimeOfDay()) {
      problems.error(
          where.of(SECTION, first.name(), "clock"),
          "The first clock (%s) must be a time of day, as others are.".formatted(first.clock()));
    }
  }

  private void checkTimes() {
    Duration duration = scenario.timing().duration();
    List<Duration> sinceFirst = scenario.timeline().sinceFirst();
    for (int i = 0; i < entries.size(); i++) {
      if (sinceFirst.get(i).compareTo(duration) > 0) {
        problems.warn(
            where.of(SECTION, entries.get(i).name(), "clock"),
            "The clock (%s) is %s after the first entry, and the run lasts %s."
                .formatted(
                    entries.get(i).clock(),
                    DurationText.format(sinceFirst.get(i)),
                    DurationText.format(duration)));
      }
    }
  }
}
