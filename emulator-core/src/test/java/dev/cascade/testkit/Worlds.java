package dev.cascade.testkit;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.WireMessage;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioBuilder;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A beacon that sends once a second, and an ear that hears it, built in Java. */
final class Worlds {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A number that travels. */
  record Beat(long number) implements WireMessage {}

  private Worlds() {}

  static ScenarioBuilder beacon() {
    return beacon(env -> 1);
  }

  /** A beacon whose messages hold a number. */
  static ScenarioBuilder beacon(ToLongFunction<Env<Beat>> number) {
    return Scenario.named("beacon")
        .duration(Duration.ofSeconds(30))
        .entry(Processes.<Beat>process("beacon", env -> beat(env, number)))
        .entry(Processes.process("ear", Worlds::hear, MetricInfo.counter("beats_total", "Heard.")));
  }

  private static Behavior<Beat> beat(Env<Beat> env, ToLongFunction<Env<Beat>> number) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate(new Beat(0), SECOND);
          return Behaviors.receiveMessage(
              tick -> {
                env.send(Address.parse("ear-1/ear"), new Beat(number.applyAsLong(env)));
                return Behaviors.same();
              });
        });
  }

  private static Behavior<Beat> hear(Env<Beat> env) {
    return Behaviors.receiveMessage(
        beat -> {
          env.metrics().counter("beats_total").increment();
          return Behaviors.same();
        });
  }
}
