package dev.cascade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;
import dev.cascade.scenario.Scenario;
import dev.cascade.testkit.Processes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** A repeated run agrees with its record, or parts from it at a tick that can be told. */
class ReplayScenarioTest {
  private static final Scenario SCENARIO =
      Stage.file("method: [{name: lossy, at: 30s, action: loss, target: b, loss: 5%}]").scenario();

  private static Replay.Comparison compare(Scenario scenario, Checkpoints recorded) {
    return new Replay(scenario, RunOptions.DEFAULT.checked(true), RunListener.NONE)
        .compare(recorded);
  }

  @Test
  void repeatedRunAgreesInCheckModeAndOverShards() {
    RunResult result = Emulation.of(SCENARIO).options(RunOptions.DEFAULT.shards(2)).run();

    Replay.Comparison same = compare(SCENARIO, result.recording().checkpoints());

    assertThat(same.parting()).isNull();
    assertThat(same.checkpoints()).isEqualTo(60);
  }

  @Test
  void otherStepPartsWhereItStrikes() {
    Scenario other =
        Stage.file("method: [{name: lossy, at: 30s, action: loss, target: b, loss: 50%}]")
            .scenario();
    RunResult result = Emulation.of(SCENARIO).run();

    Replay.Comparison found = compare(other, result.recording().checkpoints());

    Replay.Parting parting = found.parting();
    assertThat(parting).isNotNull();
    assertThat(parting.fromNanos()).isGreaterThanOrEqualTo(30_000_000_000L);
    assertThat(parting.toNanos() - parting.fromNanos()).isEqualTo(1_000_000_000L);
    assertThat(parting.hosts()).isNotEmpty();
    assertThat(log(other, parting)).isNotEqualTo(log(SCENARIO, parting));
    assertThat(Replay.firstDifference(log(SCENARIO, parting), log(other, parting))).isPresent();
  }

  private static List<dev.cascade.engine.HandledMessage> log(
      Scenario scenario, Replay.Parting parting) {
    return new Replay(scenario, RunOptions.DEFAULT, RunListener.NONE)
        .log(parting.fromNanos(), parting.toNanos());
  }

  /** What only sharing in one JVM lets pass: no other JVM could read it. */
  private record Unreadable(Runnable action) implements WireMessage {}

  @Test
  void aReplayThatFailsDoesNotAgree() {
    Scenario scenario =
        Emulation.of(
                Scenario.named("stage")
                    .entry(
                        Processes.<Unreadable>process(
                            "a",
                            env ->
                                Behaviors.withTimers(
                                    timers -> {
                                      timers.startSingleTimer(
                                          new Unreadable(() -> {}), Duration.ofSeconds(10));
                                      return Behaviors.receiveMessage(
                                          message -> {
                                            env.send(Address.parse("b-1/b"), message);
                                            return Behaviors.same();
                                          });
                                    })))
                    .entry(Processes.<Unreadable>process("b", env -> Behaviors.ignore())))
            .scenario();
    Checkpoints recorded = Emulation.of(scenario).run().recording().checkpoints();

    Replay.Comparison found = compare(scenario, recorded);

    assertThat(recorded.all()).hasSize(60);
    assertThat(found.checkpoints()).isEqualTo(10); // the last one before it is sent
    assertThat(found.failure()).isNotNull();
  }

  @Test
  void checkpointsAreReadBackAsTheyWere() throws IOException {
    Checkpoints checkpoints = Emulation.of(SCENARIO).run().recording().checkpoints();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    checkpoints.write(bytes);

    Checkpoints read = Checkpoints.read(new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(compare(SCENARIO, read).parting()).isNull();
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    read.write(again);
    assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
  }
}
