package dev.cascade.models.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.Disk;
import dev.cascade.node.Outcome;
import dev.cascade.node.Size;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a registry serves, and how fast (components B6). */
class RegistryScenarioTest {
  private static final Address REGISTRY = Programs.address("registry", 1);
  private static final Duration LITTLE = Duration.ofMillis(10); // round trips of 2 ms

  /** A layer of 50 MB takes 0.4 s at 1 Gbit/s. */
  private static final RegistryConfig CONFIG =
      new RegistryConfig(6, Size.parse("50MB"), Bandwidth.parse("1Gbit/s"), Duration.ofSeconds(10));

  private static final Duration LAYER = Duration.ofMillis(400);

  private final Asker asker = new Asker();

  private TestWorld world(Settings settings) {
    return TestWorld.start(
        1,
        Programs.entry(
            "registry", 1, Disk.Lifetime.MACHINE, boot -> Registry.program(CONFIG, settings)),
        asker.entry());
  }

  /** Settings that come after a time. */
  private static Settings after(Duration time, boolean there) {
    return (env, then) ->
        env.context()
            .scheduleOnce(
                time, env.context().getSelf(), new Settings.Read(() -> then.accept(there)));
  }

  private int layer(TestWorld world) {
    return asker.ask(
        world, REGISTRY, Duration.ofSeconds(5), to -> new RegistryCall.GetLayer("web", 0, to));
  }

  @Test
  void itListensWhenItHasItsSettingsAndRefusesAtOnceBefore() {
    try (TestWorld world = world(after(Duration.ofSeconds(3), true))) {
      int early = layer(world);
      world.runFor(LITTLE);
      assertThat(asker.answer(early)).isInstanceOf(Outcome.Refused.class);

      world.runFor(Duration.ofSeconds(3));
      int late = layer(world);
      world.runFor(LAYER.plus(LITTLE));
      assertThat(Asker.message(asker.answer(late))).isEqualTo(new RegistryReply.Layer());
      world.runFor(CONFIG.configTimeout());
      assertThat(world.engine().isRunning(REGISTRY)).isTrue();
    }
  }

  @Test
  void itEndsIfItsSettingsAreNotThereOrDoNotCome() {
    try (TestWorld world = world(after(Duration.ofSeconds(3), false))) {
      world.runFor(Duration.ofSeconds(3).minus(LITTLE));
      assertThat(world.engine().isRunning(REGISTRY)).isTrue();
      world.runFor(LITTLE.multipliedBy(2));
      assertThat(world.engine().isRunning(REGISTRY)).isFalse();
    }
    try (TestWorld world = world(after(Duration.ofHours(1), true))) {
      world.runFor(CONFIG.configTimeout().minus(LITTLE));
      assertThat(world.engine().isRunning(REGISTRY)).isTrue();
      world.runFor(LITTLE.multipliedBy(2));
      assertThat(world.engine().isRunning(REGISTRY)).isFalse();
    }
  }

  /** Whoever asks, its interface sends one byte after the other. */
  @Test
  void layersGoOutOneAfterTheOther() {
    try (TestWorld world = world(Settings.NONE)) {
      int first = layer(world);
      int second = layer(world);
      world.runFor(LAYER.plus(LITTLE));
      assertThat(asker.hasAnswer(first)).isNotEqualTo(asker.hasAnswer(second));
      world.runFor(LAYER);
      assertThat(asker.hasAnswer(first) && asker.hasAnswer(second)).isTrue();
    }
  }
}
