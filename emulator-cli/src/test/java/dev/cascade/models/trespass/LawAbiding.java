package dev.cascade.models.trespass;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cascade.node.Env;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.Routers;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** An ordinary model's actor: what it does must stay allowed. */
final class LawAbiding extends AbstractBehavior<LawAbiding.Command> {
  /** What it understands. */
  sealed interface Command {}

  record Tick(@JsonProperty("numbers") int[] numbers, List<String> names) implements Command {}

  private enum Done implements Command {
    INSTANCE
  }

  private final Env<Command> env;

  private LawAbiding(Env<Command> env, TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    timers.startTimerWithFixedDelay(Done.INSTANCE, Duration.ofSeconds(1));
  }

  static Behavior<Command> create(Env<Command> env) {
    return Behaviors.supervise(Behaviors.<Command>withTimers(timers -> new LawAbiding(env, timers)))
        .onFailure(
            SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(9), 0.0)
                .withResetBackoffAfter(Duration.ofSeconds(30)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Tick.class, this::onTick).build();
  }

  private Behavior<Command> onTick(Tick tick) {
    ActorContext<Command> context = getContext();
    context.spawn(Routers.pool(4, create(env)).withRoundRobinRouting(), "pool");
    CompletionStage<String> stage =
        new CompletableFuture<String>()
            .handleAsync((text, failure) -> text + failure, context.getExecutionContext());
    context.pipeToSelf(stage, (text, failure) -> Done.INSTANCE);
    env.random("names").shuffle(tick.names());
    Arrays.sort(tick.numbers());
    Collections.sort(tick.names());
    Map<Integer, List<String>> byLength =
        tick.names().stream()
            .collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
    byLength.putAll(new LinkedHashMap<>(Map.of(1, List.copyOf(new LinkedHashSet<>(Set.of("a"))))));
    context
        .getLog()
        .info(
            "{} at {}",
            switch (tick.names().size()) {
              case 0 -> "nobody";
              default -> String.join(",", tick.names());
            },
            env.now());
    return this;
  }
}
