package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Env;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Routers;
import org.apache.pekko.pattern.CircuitBreaker;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.util.Timeout;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.FutureConverters;

/**
 * The features of Pekko that are good as they are: virtual, on the shard's thread, repeatable. A
 * group router, which was good on one host, is not among them: it finds its routees through the
 * receptionist, which hosts share, and whoever starts one fails the run (see {@link
 * PekkoTrapsScenarioTest}).
 */
class PekkoFeaturesScenarioTest {
  private static final Duration MS = Duration.ofMillis(1);

  private record Question(String text, ActorRef<Object> replyTo) {}

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Records every message as its text. */
  private static Behavior<Object> says(Env<Object> env, String as) {
    return Behaviors.receiveMessage(
        message -> {
          env.event(as, "what", String.valueOf(message));
          return Behaviors.same();
        });
  }

  // ---- timers

  @Test
  void timersOfAllKinds() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startSingleTimer("single", ms(7));
                          timers.startTimerAtFixedRate("rate", ms(3));
                          timers.startTimerWithFixedDelay("delay", MS, ms(4));
                          timers.startSingleTimer("stop", "stop", ms(10));
                          return Behaviors.receiveMessage(
                              message -> {
                                env.event("got", "what", String.valueOf(message));
                                if (message.equals("stop")) {
                                  timers.cancelAll();
                                }
                                return Behaviors.same();
                              });
                        })))
        .containsExactly(
            "PT0.001S got delay",
            "PT0.003S got rate",
            "PT0.005S got delay",
            "PT0.006S got rate",
            "PT0.007S got single",
            "PT0.009S got delay", // this one was started at 5 ms, the other at 6
            "PT0.009S got rate",
            "PT0.01S got stop");
  }

  @Test
  void aTimerOfTheSameKeyReplacesTheOneBefore() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startSingleTimer("key", "first", ms(5));
                          timers.startSingleTimer("key", "second", ms(8));
                          timers.startSingleTimer("other", "never", ms(9));
                          timers.cancel("other");
                          env.event("active", "key", "" + timers.isTimerActive("key"));
                          return says(env, "got");
                        })))
        .containsExactly("PT0S active true", "PT0.008S got second");
  }

  @Test
  void aTimerThatFiredInTheSameInstantItWasReplacedIsNotHeard() {
    // Both are due at 5 ms; the first one's handler replaces the other, which is in the mailbox.
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startSingleTimer("a", "a", ms(5));
                          timers.startSingleTimer("b", "old", ms(5));
                          return Behaviors.receiveMessage(
                              message -> {
                                env.event("got", "what", String.valueOf(message));
                                if (message.equals("a")) {
                                  timers.startSingleTimer("b", "new", ms(1));
                                }
                                return Behaviors.same();
                              });
                        })))
        .containsExactly("PT0.005S got a", "PT0.006S got new");
  }

  @Test
  void timersEndWithTheirActor() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startTimerAtFixedRate("tick", ms(2));
                          return Behaviors.receiveMessage(
                              message -> {
                                env.event("got");
                                return Behaviors.stopped();
                              });
                        })))
        .containsExactly("PT0.002S got");
  }

  @Test
  void scheduleOnceAndItsCancellation() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          context.scheduleOnce(ms(2), context.getSelf(), "kept");
                          context.scheduleOnce(ms(1), context.getSelf(), "cancelled").cancel();
                          return says(env, "got");
                        })))
        .containsExactly("PT0.002S got kept");
  }

  @Test
  void receiveTimeoutCountsFromTheLastMessage() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          context.setReceiveTimeout(ms(5), "idle");
                          context.scheduleOnce(ms(3), context.getSelf(), "message");
                          return Behaviors.receiveMessage(
                              message -> {
                                env.event("got", "what", String.valueOf(message));
                                if (message.equals("idle")) {
                                  context.cancelReceiveTimeout();
                                }
                                return Behaviors.same();
                              });
                        })))
        .containsExactly("PT0.003S got message", "PT0.008S got idle");
  }

  // ---- questions and futures

  @Test
  void askOfTheScalaApiAndItsTimeout() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          ActorRef<Object> slow =
                              context.spawn(
                                  Behaviors.receiveMessage(
                                      message -> {
                                        Question question = (Question) message;
                                        if (question.text().equals("answer")) {
                                          question.replyTo().tell("42");
                                        }
                                        return Behaviors.same();
                                      }),
                                  "slow");
                          ask(context, slow, "answer");
                          ask(context, slow, "silence");
                          return says(env, "got");
                        })))
        .containsExactly("PT0S got 42", "PT0.02S got AskTimeoutException");
  }

  private static void ask(ActorContext<Object> context, ActorRef<Object> target, String text) {
    context
        .asScala()
        .ask(
            target,
            replyTo -> new Question(text, replyTo),
            result -> result.isSuccess() ? result.get() : name(result.failed().get()),
            Timeout.create(ms(20)),
            scala.reflect.ClassTag$.MODULE$.apply(Object.class));
  }

  private static String name(Throwable error) {
    return error instanceof TimeoutException
        ? "AskTimeoutException"
        : error.getClass().getSimpleName();
  }

  @Test
  void pipeToSelfOfWhatIsDoneAndOfWhatRunsOnTheContext() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          context.pipeToSelf(
                              CompletableFuture.completedFuture("done"), (value, error) -> value);
                          context.pipeToSelf(
                              CompletableFuture.supplyAsync(
                                  () -> "computed", context.getExecutionContext()),
                              (value, error) -> value);
                          context.pipeToSelf(
                              CompletableFuture.failedFuture(new IllegalStateException("no")),
                              (value, error) -> error.getMessage());
                          return says(env, "got");
                        })))
        .containsExactlyInAnyOrder("PT0S got done", "PT0S got computed", "PT0S got no");
  }

  @Test
  void patternsAfterIsVirtual() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          context.pipeToSelf(
                              Patterns.after(
                                  ms(30),
                                  Adapter.toClassic(context.getSystem()).scheduler(),
                                  context.getExecutionContext(),
                                  () -> CompletableFuture.completedFuture("later")),
                              (value, error) -> value);
                          return says(env, "got");
                        })))
        .containsExactly("PT0.03S got later");
  }

  @Test
  void aCircuitBreakerResetsInVirtualTime() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          ActorContext<Object> context = env.context();
                          CircuitBreaker breaker =
                              new CircuitBreaker(
                                  context.getExecutionContext(),
                                  Adapter.toClassic(context.getSystem()).scheduler(),
                                  1,
                                  ms(10),
                                  ms(25));
                          timers.startTimerAtFixedRate("call", Duration.ZERO, ms(10));
                          timers.startSingleTimer("stop", "stop", ms(45));
                          int[] calls = new int[1];
                          return Behaviors.receiveMessage(
                              message -> {
                                if (message.equals("call")) {
                                  boolean fails = calls[0]++ == 0;
                                  FutureConverters.asJava(
                                          breaker.callWithCircuitBreaker(
                                              () ->
                                                  fails
                                                      ? scala.concurrent.Future$.MODULE$.failed(
                                                          new IllegalStateException("down"))
                                                      : scala.concurrent.Future$.MODULE$.successful(
                                                          "up")))
                                      .handleAsync(
                                          (value, error) ->
                                              error == null
                                                  ? value
                                                  : error.getClass().getSimpleName(),
                                          context.getExecutionContext())
                                      .thenAccept(
                                          result -> env.event("call", "r", result.toString()));
                                } else {
                                  timers.cancelAll();
                                }
                                return Behaviors.same();
                              });
                        })))
        .containsExactly(
            "PT0S call IllegalStateException",
            "PT0.01S call CircuitBreakerOpenException",
            "PT0.02S call CircuitBreakerOpenException",
            "PT0.03S call up",
            "PT0.04S call up");
  }

  @Test
  void messageAdapters() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          ActorRef<Integer> numbers =
                              context.messageAdapter(Integer.class, number -> "number " + number);
                          ActorRef<String> words =
                              context.messageAdapter(String.class, word -> "word " + word);
                          ActorRef<Object> child =
                              context.spawn(
                                  Behaviors.receiveMessage(
                                      message -> {
                                        numbers.tell(7);
                                        words.tell("w");
                                        return Behaviors.same();
                                      }),
                                  "child");
                          child.tell("go");
                          return says(env, "got");
                        })))
        .containsExactly("PT0S got number 7", "PT0S got word w");
  }

  // ---- stash

  @Test
  void whatWasStashedComesInItsOrder() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withStash(
                        10,
                        stash ->
                            Behaviors.setup(
                                context -> {
                                  for (int i = 0; i < 3; i++) {
                                    context.getSelf().tell("m" + i);
                                  }
                                  context.scheduleOnce(ms(5), context.getSelf(), "open");
                                  return Behaviors.receiveMessage(
                                      message -> {
                                        if (message.equals("open")) {
                                          return stash.unstashAll(says(env, "got"));
                                        }
                                        stash.stash(message);
                                        return Behaviors.same();
                                      });
                                }))))
        .containsExactly("PT0.005S got m0", "PT0.005S got m1", "PT0.005S got m2");
  }

  // ---- supervision

  private static Behavior<Object> brittle(Env<Object> env, String name) {
    return Behaviors.setup(
        context -> {
          env.event("start", "who", name);
          return Behaviors.receive(Object.class)
              .onMessageEquals(
                  "fail",
                  () -> {
                    throw new IllegalArgumentException("planned");
                  })
              .onAnyMessage(
                  message -> {
                    env.event("got", "what", String.valueOf(message));
                    return Behaviors.same();
                  })
              .onSignal(PreRestart.class, signal -> note(env, "restart"))
              .onSignal(PostStop.class, signal -> note(env, "stop"))
              .build();
        });
  }

  private static Behavior<Object> note(Env<Object> env, String what) {
    env.event(what);
    return Behaviors.same();
  }

  private static List<String> supervised(SupervisorStrategy strategy) {
    return Exercise.of(
        env ->
            Behaviors.setup(
                context -> {
                  ActorRef<Object> child =
                      context.spawn(
                          Behaviors.supervise(brittle(env, "child"))
                              .onFailure(IllegalArgumentException.class, strategy),
                          "child");
                  context.watch(child);
                  child.tell("a");
                  child.tell("fail");
                  child.tell("b");
                  context.scheduleOnce(ms(50), child, "c");
                  return Behaviors.receive(Object.class)
                      .onSignal(
                          ChildFailed.class,
                          failed -> note(env, "failed " + failed.getCause().getMessage()))
                      .onSignal(Terminated.class, ended -> note(env, "terminated"))
                      .build();
                }));
  }

  @Test
  void supervisionRestarts() {
    assertThat(supervised(SupervisorStrategy.restart()))
        .containsExactly(
            "PT0S start child",
            "PT0S got a",
            "PT0S restart",
            "PT0S start child",
            "PT0S got b",
            "PT0.05S got c");
  }

  @Test
  void supervisionRestartsWithBackoff() {
    assertThat(supervised(SupervisorStrategy.restartWithBackoff(ms(20), ms(100), 0.0)))
        .containsExactly(
            "PT0S start child",
            "PT0S got a",
            "PT0S restart",
            "PT0.02S start child",
            "PT0.02S got b",
            "PT0.05S got c");
  }

  @Test
  void supervisionStopsAndTheParentIsTold() {
    assertThat(supervised(SupervisorStrategy.stop()))
        .containsExactly("PT0S start child", "PT0S got a", "PT0S stop", "PT0S failed planned");
  }

  @Test
  void supervisionResumes() {
    assertThat(supervised(SupervisorStrategy.resume()))
        .containsExactly("PT0S start child", "PT0S got a", "PT0S got b", "PT0.05S got c");
  }

  // ---- children

  @Test
  void stormsOfSpawnAndStop() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startTimerAtFixedRate("tick", MS);
                          int[] born = new int[1];
                          int[] died = new int[1];
                          return Behaviors.receive(Object.class)
                              .onMessageEquals(
                                  "tick",
                                  () -> {
                                    storm(env.context(), born);
                                    if (born[0] == 1_000) {
                                      timers.cancelAll();
                                      timers.startSingleTimer("sum", "sum", ms(10));
                                    }
                                    return Behaviors.same();
                                  })
                              .onMessageEquals(
                                  "sum", () -> note(env, "born " + born[0] + " died " + died[0]))
                              .onSignal(
                                  Terminated.class,
                                  ended -> {
                                    died[0]++;
                                    return Behaviors.same();
                                  })
                              .build();
                        })))
        .containsExactly("PT0.03S born 1000 died 1000");
  }

  private static void storm(ActorContext<Object> context, int[] born) {
    for (int i = 0; i < 50; i++) {
      ActorRef<Object> child =
          born[0]++ % 2 == 0
              ? context.spawnAnonymous(Behaviors.receiveMessage(message -> Behaviors.stopped()))
              : context.spawn(
                  Behaviors.receiveMessage(message -> Behaviors.stopped()), "c" + born[0]);
      context.watch(child);
      if (i % 5 == 0) {
        context.stop(child);
      } else {
        child.tell("stop");
      }
    }
  }

  @Test
  void manyChildrenStoppedByARestartStopInOneOrder() {
    // Trap 1: RestartSupervisor.stopChildren walks a set ordered by random ids.
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.<Object>setup(
                        context -> {
                          ActorRef<Object> parent =
                              context.spawn(
                                  Behaviors.supervise(parentOf(env, 12))
                                      .onFailure(SupervisorStrategy.restart()),
                                  "parent");
                          context.scheduleOnce(ms(5), parent, "fail");
                          return Behaviors.empty();
                        })))
        .hasSize(12)
        .startsWith("PT0.005S stopped 0", "PT0.005S stopped 1", "PT0.005S stopped 2");
  }

  private static Behavior<Object> parentOf(Env<Object> env, int children) {
    return Behaviors.setup(
        context -> {
          for (int i = 0; i < children; i++) {
            int number = i;
            context.spawnAnonymous(
                Behaviors.receive(Object.class)
                    .onSignal(PostStop.class, signal -> note(env, "stopped " + number))
                    .build());
          }
          return Behaviors.receiveMessage(
              message -> {
                throw new IllegalArgumentException("planned");
              });
        });
  }

  @Test
  void manyWatchersOfOneActorHearInOneOrder() {
    // Trap 1: DeathWatch.watchedBy is a HashSet of refs with random hash codes.
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          ActorRef<Object> watched =
                              context.spawn(
                                  Behaviors.receiveMessage(message -> Behaviors.stopped()), "w");
                          for (int i = 0; i < 12; i++) {
                            int number = i;
                            context.spawnAnonymous(
                                Behaviors.setup(
                                    own -> {
                                      own.watch(watched);
                                      return Behaviors.receive(Object.class)
                                          .onSignal(
                                              Terminated.class,
                                              ended -> note(env, "heard " + number))
                                          .build();
                                    }));
                          }
                          context.scheduleOnce(ms(5), watched, "stop");
                          return Behaviors.empty();
                        })))
        .hasSize(12)
        .startsWith("PT0.005S heard 0", "PT0.005S heard 1", "PT0.005S heard 2");
  }

  // ---- routers

  @Test
  void aPoolRouterGoesRoundAndBroadcasts() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          ActorRef<Object> pool =
                              context.spawn(
                                  Routers.pool(3, worker(env))
                                      .withRoundRobinRouting()
                                      .withBroadcastPredicate("all"::equals),
                                  "pool");
                          for (String word : List.of("a", "b", "c", "d", "all")) {
                            pool.tell(word);
                          }
                          return Behaviors.empty();
                        })))
        .containsExactlyInAnyOrder(
            "PT0S $a a",
            "PT0S $b b",
            "PT0S $c c",
            "PT0S $a d",
            "PT0S $a all",
            "PT0S $b all",
            "PT0S $c all");
  }

  private static Behavior<Object> worker(Env<Object> env) {
    return Behaviors.setup(
        context -> {
          String name = context.getSelf().path().name();
          return Behaviors.receiveMessage(
              message -> {
                env.event(name, "what", String.valueOf(message));
                return Behaviors.same();
              });
        });
  }

  // ---- around an actor

  @Test
  void monitorsAndInterceptorsSeeEveryMessage() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          ActorRef<Object> monitor = context.spawn(says(env, "seen"), "monitor");
                          ActorRef<Object> child =
                              context.spawn(
                                  Behaviors.monitor(
                                      Object.class,
                                      monitor,
                                      Behaviors.intercept(() -> new Shout(), says(env, "got"))),
                                  "child");
                          child.tell("a");
                          return Behaviors.empty();
                        })))
        .containsExactlyInAnyOrder("PT0S seen a", "PT0S got a!");
  }

  private static final class Shout extends BehaviorInterceptor<Object, Object> {
    Shout() {
      super(Object.class);
    }

    @Override
    public Behavior<Object> aroundReceive(
        TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
      return target.apply(context, message + "!");
    }
  }

  @Test
  void logsAndMdcDisturbNothing() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withMdc(
                        Object.class,
                        java.util.Map.of("host", env.host().name()),
                        Behaviors.setup(
                            context -> {
                              context.getLog().info("{} starts", env.self());
                              context.getSelf().tell("a");
                              return Behaviors.logMessages(says(env, "got"));
                            }))))
        .containsExactly("PT0S got a");
  }

  @Test
  void refsCompareByTheirPaths() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          TreeSet<ActorRef<Object>> refs = new TreeSet<>();
                          for (String name : List.of("c", "a", "b")) {
                            refs.add(context.spawn(Behaviors.empty(), name));
                          }
                          List<String> names = new ArrayList<>();
                          refs.forEach(ref -> names.add(ref.path().name()));
                          env.event("order", "names", String.join("", names));
                          return Behaviors.empty();
                        })))
        .containsExactly("PT0S order abc");
  }

  @Test
  void watchWithAndUnwatch() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          ActorRef<Object> one =
                              context.spawn(
                                  Behaviors.receiveMessage(message -> Behaviors.stopped()), "one");
                          ActorRef<Object> two =
                              context.spawn(
                                  Behaviors.receiveMessage(message -> Behaviors.stopped()), "two");
                          context.watchWith(one, "one is gone");
                          context.watchWith(two, "two is gone");
                          context.unwatch(two);
                          one.tell("stop");
                          two.tell("stop");
                          return says(env, "got");
                        })))
        .containsExactly("PT0S got one is gone");
  }

  @Test
  void noThreadButTheShardsIsThere() {
    assertThat(
            Exercise.of(
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startSingleTimer("tick", Duration.ofSeconds(1));
                          return Behaviors.receiveMessage(
                              message -> {
                                env.event("pekko's threads:", "names", pekkoThreads());
                                return Behaviors.same();
                              });
                        })))
        .containsExactly("PT1S pekko's threads: []");
  }

  private static String pekkoThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("dispatcher") || name.contains("scheduler"))
        .toList()
        .toString();
  }
}
