package dev.cascade.models.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.systemd.Restart;
import dev.cascade.node.Env;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.junit.jupiter.api.Test;

/** How images come to a machine (components B6). */
class PullScenarioTest {
  private static final int LAYERS = 7;
  private static final Duration SENDING = Duration.ofSeconds(1);

  /** Round trips of 2 ms, of which a pull has a few. */
  private static final Duration LITTLE = Duration.ofMillis(50);

  private record Sent(RegistryCall.GetLayer layer) implements WireMessage {}

  private int manifests;
  private int underWay;
  private int mostAtOnce;
  private final List<Integer> asked = new ArrayList<>();

  /** A registry that sends as many layers at once as it is asked for, each for a second. */
  private Behavior<WireMessage> hub(Env<WireMessage> env, Exec exec) {
    underWay = 0;
    return Behaviors.withTimers(timers -> hub(env, timers));
  }

  private Behavior<WireMessage> hub(Env<WireMessage> env, TimerScheduler<WireMessage> timers) {
    return Behaviors.receive(WireMessage.class)
        .onMessage(
            RegistryCall.GetManifest.class,
            get -> {
              manifests++;
              env.reply(get.replyTo(), new RegistryReply.Manifest(LAYERS));
              return Behaviors.same();
            })
        .onMessage(
            RegistryCall.GetLayer.class,
            get -> {
              asked.add(get.layer());
              underWay++;
              mostAtOnce = Math.max(mostAtOnce, underWay);
              timers.startSingleTimer(new Sent(get), SENDING);
              return Behaviors.same();
            })
        .onMessage(
            Sent.class,
            sent -> {
              underWay--;
              env.reply(sent.layer().replyTo(), new RegistryReply.Layer());
              return Behaviors.same();
            })
        .build();
  }

  private DockerWorld.Parts parts() {
    Program idles = (env, exec) -> Behaviors.ignore();
    return new DockerWorld.Parts().hub(this::hub).remote("web", idles).image("old", idles);
  }

  private static int pull(DockerWorld world, String image) {
    return world.ask(to -> new DockerCall.Pull(image, to));
  }

  private static void crashHub(DockerWorld world) {
    world.world().engine().crashProcess(DockerWorld.HUB);
  }

  @Test
  void threeLayersComeAtOnceAndEachOnce() {
    try (DockerWorld world = parts().start()) {
      int question = pull(world, "web");
      world.runFor(SENDING.multipliedBy(3).minus(LITTLE)); // seven layers, three at a time
      assertThat(world.hasAnswer(question)).isFalse();
      world.runFor(LITTLE.multipliedBy(2));

      assertThat(world.answer(question)).isEqualTo(new DockerReply.Done());
      assertThat(mostAtOnce).isEqualTo(3);
      assertThat(asked).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
      assertThat(world.call(to -> new DockerCall.Create("web", "web", false, false, to)))
          .isEqualTo(new DockerReply.Done());
    }
  }

  /** A tag that has not moved costs a look at its manifest. */
  @Test
  void layersThatAreThereAreNotFetchedAgain() {
    try (DockerWorld world = parts().start()) {
      int question = pull(world, "old");
      world.runFor(LITTLE);

      assertThat(world.answer(question)).isEqualTo(new DockerReply.Done());
      assertThat(manifests).isEqualTo(1);
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void twoWhoWantOneImageShareAPull() {
    try (DockerWorld world = parts().start()) {
      int one = pull(world, "web");
      int other = pull(world, "web");
      world.runFor(SENDING.multipliedBy(3).plus(LITTLE));

      assertThat(world.answer(one)).isEqualTo(new DockerReply.Done());
      assertThat(world.answer(other)).isEqualTo(new DockerReply.Done());
      assertThat(manifests).isEqualTo(1);
      assertThat(asked).hasSize(LAYERS);
    }
  }

  /** Even for an image that is there: whether it is up to date nobody can say. */
  @Test
  void withoutARegistryAPullFailsAtOnce() {
    try (DockerWorld world = parts().start()) {
      crashHub(world);
      int absent = pull(world, "web");
      int there = pull(world, "old");
      world.runFor(LITTLE);

      assertThat(world.answer(absent)).isEqualTo(new DockerReply.Failed(500));
      assertThat(world.answer(there)).isEqualTo(new DockerReply.Failed(500));
      assertThat(world.world().count("docker_pulls_total", "result=\"failed\"")).isEqualTo(2);
    }
  }

  /** Its first three layers break off; they are asked for again after 5 s, and after 10 s more. */
  @Test
  void aRegistryThatIsBackIsAskedAgainForWhatBrokeOff() {
    try (DockerWorld world = parts().start()) {
      int question = pull(world, "web");
      world.runFor(SENDING.dividedBy(2));
      crashHub(world);
      world.runFor(Duration.ofSeconds(12));
      world.world().engine().startProcess(DockerWorld.HUB);
      world.runFor(Duration.ofSeconds(3).plus(SENDING.multipliedBy(3)).minus(LITTLE));
      assertThat(world.hasAnswer(question)).isFalse();
      world.runFor(LITTLE.multipliedBy(2));

      assertThat(world.answer(question)).isEqualTo(new DockerReply.Done());
    }
  }

  /** The fifth try comes 5 + 10 + 15 + 20 s after the first, and is the last. */
  @Test
  void aRegistryThatStaysAwayFailsThePullAfterFiveTries() {
    try (DockerWorld world = parts().start()) {
      int question = pull(world, "web");
      world.runFor(SENDING.dividedBy(2));
      crashHub(world);
      world.runFor(Duration.ofSeconds(50).minus(LITTLE));
      assertThat(world.hasAnswer(question)).isFalse();
      world.runFor(LITTLE.multipliedBy(2));

      assertThat(world.answer(question)).isEqualTo(new DockerReply.Failed(500));
      assertThat(world.call(to -> new DockerCall.Create("web", "web", false, false, to)))
          .isEqualTo(new DockerReply.Failed(404));
    }
  }

  @Test
  void dockerRunPullsWhatIsNotThere() {
    try (DockerWorld world = parts().run("web", Restart.NO).start()) {
      world.runFor(SENDING.multipliedBy(3).plusSeconds(1));

      assertThat(world.containers("running")).isEqualTo(1);
      assertThat(world.world().count("docker_pulls_total", "result=\"pulled\"")).isEqualTo(1);
    }
  }
}
