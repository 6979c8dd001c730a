package dev.cascade.models.trespass;

import dev.cascade.cli.CascadeMain;
import dev.cascade.trespass.NamesAModel;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.GroupRouter;
import org.apache.pekko.actor.typed.javadsl.PoolRouter;
import org.apache.pekko.actor.typed.javadsl.Routers;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.pattern.StatusReply;

/** Ways past the engine, one a method. */
public final class UsesWhatModelsMustNot {
  File reads() {
    return new File("/etc/hosts");
  }

  Class<?> knowsTheCommandLine() {
    return CascadeMain.class;
  }

  NamesAModel knowsMoreOfCoreThanNodeAndRandom() {
    return new NamesAModel();
  }

  void asks(ActorContext<String> context, ActorRef<ActorRef<String>> other) {
    context.ask(String.class, other, Duration.ofSeconds(1), ref -> ref, (text, failure) -> text);
  }

  void asksWithStatus(ActorContext<String> context, ActorRef<ActorRef<StatusReply<String>>> other) {
    context.askWithStatus(
        String.class, other, Duration.ofSeconds(1), ref -> ref, (text, failure) -> text);
  }

  void asksFromOutside(ActorSystem<Void> system, ActorRef<ActorRef<String>> other) {
    AskPattern.<ActorRef<String>, String>ask(
        other, ref -> ref, Duration.ofSeconds(1), system.scheduler());
  }

  Behavior<String> limitsRestarts(Behavior<String> behavior) {
    return Behaviors.supervise(behavior)
        .onFailure(SupervisorStrategy.restart().withLimit(3, Duration.ofSeconds(1)));
  }

  Behavior<String> routesAtRandom(PoolRouter<String> pool) {
    return pool.withRandomRouting();
  }

  GroupRouter<String> routesBehindTheNetwork(ServiceKey<String> key) {
    return Routers.group(key);
  }

  CompletableFuture<String> leavesTheThread() {
    return CompletableFuture.supplyAsync(() -> "elsewhere")
        .thenApplyAsync(text -> text)
        .orTimeout(1, TimeUnit.SECONDS)
        .completeOnTimeout("late", 1, TimeUnit.SECONDS);
  }

  Object delays() {
    return CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, ForkJoinPool.commonPool());
  }

  Object findsOthersBehindTheNetwork(ActorSystem<Void> system) {
    return system.receptionist();
  }

  Object listensBehindTheNetwork(ActorSystem<Void> system) {
    return system.eventStream();
  }
}
