package dev.cascade.models.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdConfig;
import dev.cascade.models.etcd.EtcdMember;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.machine.Program;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Programs;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** What a proxy answers when backends come and go; they say in etcd that they are there. */
class FrontEndScenarioTest {
  private static final List<Address> ETCD = Programs.addresses("etcd", 1);
  private static final Address PROXY = Address.of("front-1", FrontEnd.PROCESS);

  /** A lone member of etcd elects itself within 2 s. */
  private static final Duration STARTED = Duration.ofSeconds(3);

  private static final Duration LITTLE = Duration.ofMillis(20); // round trips of 2 ms

  private static final FrontEndConfig CONFIG =
      new FrontEndConfig(
          "etcd", Duration.ofSeconds(2), Duration.ofSeconds(2), 4, 3, Duration.ofNanos(100_000));

  private final Asker asker = new Asker();
  private final List<String> asked = new ArrayList<>();

  /** Answers at once; the third one never. */
  private Program backend() {
    return (env, exec) ->
        Behaviors.receive(WireMessage.class)
            .onMessage(
                HttpRequest.class,
                request -> {
                  asked.add(env.host().name());
                  if (!env.host().name().endsWith("3")) {
                    env.reply(request.replyTo(), HttpResponse.OK);
                  }
                  return Behaviors.same();
                })
            .build();
  }

  private TestWorld world() {
    TestWorld world =
        TestWorld.start(
            1,
            Programs.entry(
                "etcd",
                1,
                Disk.Lifetime.MACHINE,
                boot -> EtcdMember.program("etcd", EtcdConfig.DEFAULT, ETCD)),
            Programs.entry("back", 3, Disk.Lifetime.MACHINE, boot -> backend()),
            TestWorld.entry("front", new FrontEndModel(), CONFIG, 1),
            asker.entry());
    world.runFor(STARTED);
    return world;
  }

  private static Address backend(int number) {
    return Programs.address("back", number);
  }

  private void announce(TestWorld world, int... backends) {
    for (int backend : backends) {
      asker.ask(
          world,
          ETCD.get(0),
          LITTLE,
          to ->
              new EtcdCall.Put(
                  Backends.key("shop", "shop-" + backend),
                  backend(backend).toString(),
                  0,
                  EtcdCall.Condition.NONE,
                  0,
                  to));
    }
    world.runFor(CONFIG.refresh().plus(LITTLE));
  }

  private int get(TestWorld world) {
    return asker.ask(world, PROXY, Duration.ofMinutes(1), to -> new HttpRequest("/shop", to));
  }

  private int status(TestWorld world, Duration within) {
    int question = get(world);
    world.runFor(within);
    return ((HttpResponse) Asker.message(asker.answer(question))).status();
  }

  @Test
  void withNothingBehindItItAnswers503() {
    try (TestWorld world = world()) {
      assertThat(status(world, LITTLE)).isEqualTo(503);
      announce(world, 1);
      assertThat(world.gauge("front_end_backends")).isEqualTo(1);
      assertThat(status(world, LITTLE)).isEqualTo(200);
      assertThat(world.count("front_end_requests_total", "status=\"503\"")).isEqualTo(1);
    }
  }

  @Test
  void whoRefusesIsPassedOverAndOnlyWhenAllDoThereIsA503() {
    try (TestWorld world = world()) {
      announce(world, 1, 2);
      world.engine().crashProcess(backend(1));
      for (int i = 0; i < 4; i++) {
        assertThat(status(world, LITTLE)).isEqualTo(200);
      }
      assertThat(asked).hasSize(4).containsOnly("back-2");

      world.engine().crashProcess(backend(2));
      assertThat(status(world, LITTLE)).isEqualTo(503);
      assertThat(world.gauge("front_end_backends")).as("their keys live on").isEqualTo(2);
    }
  }

  @Test
  void whoSaysNothingIsPassedOverAfterTheTimeout() {
    try (TestWorld world = world()) {
      announce(world, 3, 1);
      List<Integer> questions = List.of(get(world), get(world));
      world.runFor(LITTLE);
      assertThat(questions.stream().filter(asker::hasAnswer)).hasSize(1);

      world.runFor(CONFIG.timeout());
      assertThat(questions)
          .map(question -> Asker.message(asker.answer(question)))
          .containsOnly(HttpResponse.OK);
    }
  }

  /** What it has read last it goes on with: etcd's death is none of its own. */
  @Test
  void withoutEtcdItGoesOnWithWhatItKnows() {
    try (TestWorld world = world()) {
      announce(world, 1);
      world.engine().crashProcess(ETCD.get(0));
      world.runFor(Duration.ofMinutes(5));

      assertThat(status(world, LITTLE)).isEqualTo(200);
    }
  }

  @Test
  void moreRequestsThanItHasConnectionsForAreRefused() {
    try (TestWorld world = world()) {
      announce(world, 3);
      List<Integer> questions =
          IntStream.range(0, CONFIG.connections() + 2).mapToObj(i -> get(world)).toList();
      world.runFor(LITTLE);
      assertThat(
              questions.stream()
                  .filter(asker::hasAnswer)
                  .map(asker::answer)
                  .filter(Outcome.Refused.class::isInstance))
          .hasSize(2);

      world.runFor(CONFIG.timeout());
      announce(world, 1);
      assertThat(status(world, CONFIG.timeout().plus(LITTLE)))
          .as("those that have been answered make room")
          .isEqualTo(200);
    }
  }
}
