package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.Behavior;

/**
 * One feature of Pekko on four hosts with 1, 2 and 4 shards: the history is the same, and every
 * host records the same. Behaviors record with {@link Env#event}.
 */
final class Exercise {
  private static final int HOSTS = 4;
  private static final Duration LONG = Duration.ofSeconds(60);

  private Exercise() {}

  /** What the process {@code main} of each host recorded, {@code time name values...}. */
  static List<String> of(Function<Env<Object>, Behavior<Object>> behavior) {
    return of(behavior, spec -> spec);
  }

  static List<String> of(
      Function<Env<Object>, Behavior<Object>> behavior,
      UnaryOperator<ProcessSpec<Object>> changes) {
    ProcessSpec<Object> spec = changes.apply(ProcessSpec.of(behavior));
    String hash = "";
    List<String> first = List.of();
    for (int shards : new int[] {1, 2, 4}) {
      try (Engine engine = World.run(world(spec, shards).start(), LONG)) {
        List<RecordedEvent> events = engine.takeEvents();
        List<String> lines = lines(events, 1);
        for (int host = 2; host <= HOSTS; host++) {
          assertThat(lines(events, host)).as("host %d of %d shards", host, shards).isEqualTo(lines);
        }
        assertThat(engine.messages().missing()).as("%d shards", shards).isZero();
        if (shards == 1) {
          hash = engine.traceHash();
          first = lines;
        }
        assertThat(engine.traceHash()).as("%d shards", shards).isEqualTo(hash);
        assertThat(lines).as("%d shards", shards).isEqualTo(first);
      }
    }
    return first;
  }

  /** How a run fails in which one of the four hosts does this; the same for 1, 2 and 4 shards. */
  static RunFailure failing(Function<Env<Object>, Behavior<Object>> behavior) {
    List<RunFailure> failures = failures(behavior);
    RunFailure first = failures.get(0);
    assertThat(failures)
        .allSatisfy(
            seen -> {
              assertThat(seen.kind()).isEqualTo(first.kind());
              assertThat(seen.actor()).isEqualTo(first.actor());
              assertThat(seen.timeNanos()).isEqualTo(first.timeNanos());
            });
    return first;
  }

  /** How such a run fails with 1, 2 and 4 shards. */
  static List<RunFailure> failures(Function<Env<Object>, Behavior<Object>> behavior) {
    List<RunFailure> failures = new ArrayList<>();
    for (int shards : new int[] {1, 2, 4}) {
      RunFailure seen = failure(ProcessSpec.of(behavior), shards);
      assertThat(seen).as("%d shards", shards).isNotNull();
      failures.add(seen);
    }
    return failures;
  }

  private static RunFailure failure(ProcessSpec<Object> spec, int shards) {
    try (Engine engine = world(spec, shards).start()) {
      engine.runUntil(LONG.toNanos());
      return engine.failure();
    }
  }

  private static World world(ProcessSpec<Object> spec, int shards) {
    return World.of()
        .network(World.STILL)
        .shards(shards)
        .hosts("node", HOSTS, boot -> boot.start("main", spec));
  }

  private static List<String> lines(List<RecordedEvent> events, int host) {
    return events.stream()
        .filter(event -> event.host().equals("node-" + host))
        .map(
            event ->
                (Duration.ofNanos(event.timeNanos())
                        + " "
                        + event.name()
                        + " "
                        + String.join(" ", event.fields().values()))
                    .strip())
        .toList();
  }
}
