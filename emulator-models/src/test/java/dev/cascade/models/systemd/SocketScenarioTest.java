package dev.cascade.models.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.machine.Program;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** Connections to a socket that systemd holds for a unit (components B3). */
class SocketScenarioTest {
  private record Hello(ReplyTo replyTo) implements WireRequest {
    @Override
    public String subject() {
      return "";
    }
  }

  private record Welcome() implements WireMessage {}

  private static final Address SOCKET = Address.of("machine-1", "greeter.socket");
  private static final Duration STARTING = Duration.ofSeconds(5);
  private static final Duration LITTLE = Duration.ofMillis(20); // round trips of 2 ms

  private final Asker asker = new Asker();

  private static Program greets() {
    return (env, exec) ->
        Behaviors.receive(WireMessage.class)
            .onMessage(
                Hello.class,
                hello -> {
                  env.reply(hello.replyTo(), new Welcome());
                  return Behaviors.same();
                })
            .build();
  }

  /** A unit with a step before its start, which is started by connections alone. */
  private static UnitFile greeter(Program step) {
    return UnitFile.of("greeter", greets())
        .before(List.of(new UnitFile.Step("pre", step, false)))
        .socket(SOCKET.process());
  }

  private static UnitFile slowGreeter() {
    return greeter(InitModel.endsAfter(STARTING, 0));
  }

  private int connect(TestWorld world) {
    return asker.ask(world, SOCKET, Duration.ofMinutes(10), Hello::new);
  }

  @Test
  void theFirstConnectionStartsTheUnitAndAllAreServedWhenItRuns() {
    try (TestWorld world = InitModel.sleeping(asker.entry(), slowGreeter())) {
      world.runFor(Duration.ofMinutes(1));
      assertThat(world.count("systemd_unit_starts_total", "unit=\"greeter\"")).isZero();

      int first = connect(world);
      int second = connect(world);
      world.runFor(STARTING.minus(LITTLE));
      assertThat(asker.hasAnswer(first)).isFalse();
      world.runFor(LITTLE.multipliedBy(2));
      assertThat(Asker.message(asker.answer(first))).isEqualTo(new Welcome());
      assertThat(Asker.message(asker.answer(second))).isEqualTo(new Welcome());
      assertThat(world.count("systemd_unit_starts_total", "unit=\"greeter\"")).isEqualTo(1);

      int third = connect(world);
      world.runFor(LITTLE);
      assertThat(Asker.message(asker.answer(third))).isEqualTo(new Welcome());
    }
  }

  /** Who waits has it started again and again, until the limit of five starts is met. */
  @Test
  void whoWaitsForAUnitThatIsGivenUpIsRefused() {
    UnitFile broken = greeter(InitModel.endsAfter(Duration.ofMillis(300), 1));
    try (TestWorld world = InitModel.sleeping(asker.entry(), broken)) {
      int early = connect(world);
      world.runFor(Duration.ofMillis(4 * 300));
      assertThat(asker.hasAnswer(early)).isFalse();
      world.runFor(Duration.ofMillis(300).plus(LITTLE));
      assertThat(asker.answer(early)).isInstanceOf(Outcome.Refused.class);
      assertThat(world.count("systemd_step_failures_total")).isEqualTo(5);

      int late = connect(world);
      world.runFor(LITTLE);
      assertThat(asker.answer(late)).isInstanceOf(Outcome.Refused.class);
    }
  }

  /** SOMAXCONN: 128 connections wait, and the others are turned away. */
  @Test
  void theBacklogIsBounded() {
    try (TestWorld world = InitModel.sleeping(asker.entry(), slowGreeter())) {
      List<Integer> connections = new ArrayList<>();
      for (int i = 0; i < Socket.BACKLOG + 3; i++) {
        connections.add(connect(world));
      }
      world.runFor(STARTING.dividedBy(2));
      assertThat(connections.stream().filter(asker::hasAnswer)).hasSize(3);

      world.runFor(STARTING);
      assertThat(connections.stream().map(asker::answer).filter(Outcome.Refused.class::isInstance))
          .hasSize(3);
    }
  }
}
