package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crash takes away, what outlives it, and who hears of it. */
class CrashScenarioTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Address WORKER = Address.of("server-1", "main/worker");

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static List<String> lines(Engine engine) {
    assertThat(engine.messages().missing()).isZero();
    return engine.takeEvents().stream()
        .map(event -> event.host() + " " + World.line(event).strip())
        .toList();
  }

  // ---- children that are killed

  private record Came(Outcome outcome) {}

  /** Asks an address when it starts, and records what comes. */
  private static ProcessSpec<Came> client(Address server) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  env.request(server, to -> new Word.Ask(to, "q"), ms(10_000), Came::new);
                  return Behaviors.receiveMessage(
                      came -> {
                        env.event("came", "what", came.outcome().getClass().getSimpleName());
                        return Behaviors.same();
                      });
                }));
  }

  /** A process with a child that takes questions and holds each for a second. */
  private static ProcessSpec<Object> parent(
      Function<Env<Word.Ask>, Behavior<Word.Ask>> worker, Duration hold) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  env.spawn("worker", ProcessSpec.of(worker).cost(ask -> Cost.hold(hold)));
                  return Behaviors.empty();
                }));
  }

  private static Behavior<Word.Ask> answer(Env<Word.Ask> env) {
    return Behaviors.receiveMessage(
        ask -> {
          env.reply(ask.replyTo(), new Word("a"));
          return Behaviors.same();
        });
  }

  private static World asking(Address server, ProcessSpec<Object> main) {
    return World.of()
        .network(World.STILL)
        .hosts("client", 2, boot -> boot.start("main", client(server)))
        .hosts("server", 1, boot -> boot.start("main", main));
  }

  @Test
  void aChildThatIsKilledResetsItsConnections() {
    World world = asking(WORKER, parent(CrashScenarioTest::answer, ms(1_000)));
    try (Engine engine = World.run(world.start(), ms(4))) {
      engine.crashProcess(WORKER);
      World.run(engine, LONG);
      assertThat(lines(engine))
          .containsExactlyInAnyOrder(
              "client-1 PT0.005S main came Reset", "client-2 PT0.005S main came Reset");
    }
  }

  @Test
  void aGrandchildDiesWithTheChildThatIsKilled() {
    Function<Env<Word.Ask>, Behavior<Word.Ask>> nested =
        env ->
            Behaviors.setup(
                context -> {
                  env.spawn(
                      "deep",
                      ProcessSpec.of(CrashScenarioTest::answer).cost(ask -> Cost.hold(ms(1_000))));
                  return Behaviors.empty();
                });
    World world = asking(WORKER.child("deep"), parent(nested, Duration.ZERO));
    try (Engine engine = World.run(world.start(), ms(4))) {
      engine.crashProcess(WORKER);
      World.run(engine, LONG);
      assertThat(lines(engine))
          .containsExactlyInAnyOrder(
              "client-1 PT0.005S main came Reset", "client-2 PT0.005S main came Reset");
      assertThat(engine.messages().lostInCrashes()).isEqualTo(2);
    }
  }

  @Test
  void whatAKilledChildHandedOnCannotBeAnsweredAnyMore() {
    // The parent answers a connection that it does not know to be reset: that is no defect of it.
    ProcessSpec<Object> main =
        ProcessSpec.of(
            env ->
                Behaviors.setup(
                    context -> {
                      ActorRef<Object> self = context.getSelf();
                      env.spawn(
                          "worker",
                          ProcessSpec.<Word.Ask>of(
                              own ->
                                  Behaviors.receiveMessage(
                                      ask -> {
                                        self.tell(ask);
                                        return Behaviors.same();
                                      })));
                      return Behaviors.receive(Object.class)
                          .onMessage(
                              Word.Ask.class,
                              ask -> {
                                context.scheduleOnce(ms(10), self, ask.replyTo());
                                return Behaviors.same();
                              })
                          .onMessage(
                              dev.cascade.node.ReplyTo.class,
                              to -> {
                                env.reply(to, new Word("late"));
                                return Behaviors.same();
                              })
                          .build();
                    }));
    World world = asking(WORKER, main);
    try (Engine engine = World.run(world.start(), ms(4))) {
      engine.crashProcess(WORKER);
      World.run(engine, LONG);
      assertThat(lines(engine))
          .containsExactlyInAnyOrder(
              "client-1 PT0.005S main came Reset", "client-2 PT0.005S main came Reset");
    }
  }

  @Test
  void whatWaitsInTheMailboxOfAChildThatStopsIsReset() {
    // It takes both at 1 ms, answers the first at 11 ms, and stops.
    World world =
        asking(
            WORKER,
            parent(
                env ->
                    Behaviors.receiveMessage(
                        ask -> {
                          env.reply(ask.replyTo(), new Word("a"));
                          return Behaviors.stopped();
                        }),
                ms(10)));
    try (Engine engine = World.run(world.start(), LONG)) {
      assertThat(lines(engine))
          .extracting(line -> line.substring("client-1 ".length()))
          .containsExactlyInAnyOrder("PT0.012S main came Reply", "PT0.012S main came Reset");
    }
  }

  @Test
  void aChildThatIsPausedHoldsItsOwnChildren() {
    ProcessSpec<Object> main =
        parent(
            env ->
                Behaviors.setup(
                    context -> {
                      env.spawn("deep", ProcessSpec.of(CrashScenarioTest::answer));
                      return Behaviors.empty();
                    }),
            Duration.ZERO);
    World world = asking(WORKER.child("deep"), main);
    try (Engine engine = world.start()) {
      engine.pauseProcess(WORKER, true);
      World.run(engine, ms(50));
      engine.pauseProcess(WORKER, false);
      World.run(engine, LONG);
      assertThat(lines(engine))
          .containsExactlyInAnyOrder(
              "client-1 PT0.051S main came Reply", "client-2 PT0.051S main came Reply");
    }
  }

  // ---- a start that waits

  private static ProcessSpec<Object> announced(Env<?> by) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  by.event("started", "what", env.self().process());
                  return Behaviors.empty();
                }));
  }

  @Test
  void aKillCancelsAStartThatStillWaits() {
    World world =
        World.of()
            .running(
                "node",
                1,
                env ->
                    Behaviors.setup(
                        context -> {
                          env.control().start("never", announced(env));
                          env.control().kill("never");
                          env.control().start("twice", announced(env));
                          context.scheduleOnce(ms(5), context.getSelf(), "again");
                          return Behaviors.receiveMessage(
                              again -> {
                                env.control().kill("twice");
                                env.control().start("twice", announced(env));
                                env.control().kill("twice");
                                return Behaviors.same();
                              });
                        }));
    try (Engine engine = World.run(world.start(), LONG)) {
      assertThat(lines(engine)).containsExactly("node-1 PT0S main started twice");
    }
  }

  // ---- faults outlive a reboot

  /** Works 10 ms for each tick, one every 100 ms, and records how long it took. */
  private static ProcessSpec<Object> worker() {
    return ProcessSpec.<Object>of(
            env ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerAtFixedRate("tick", ms(100));
                      return Behaviors.receiveMessage(
                          tick -> {
                            env.event("worked");
                            return Behaviors.same();
                          });
                    }))
        .cost(tick -> Cost.work(ms(10)));
  }

  @Test
  void stolenCoresStayStolenOverARebootUntilTheyAreGivenBack() {
    World world = World.of().hosts("node", 1, boot -> boot.start("main", worker()));
    try (Engine engine = world.start()) {
      engine.stealCores("node-1", 0.5);
      World.run(engine, ms(150));
      engine.crashHost("node-1");
      engine.bootHost("node-1");
      World.run(engine, ms(300));
      engine.crashHost("node-1");
      engine.stealCores("node-1", 0); // while it is down
      engine.bootHost("node-1");
      World.run(engine, ms(450));
      assertThat(lines(engine))
          .containsExactly(
              "node-1 PT0.12S main worked",
              "node-1 PT0.27S main worked",
              "node-1 PT0.41S main worked");
    }
  }

  @Test
  void aNarrowInterfaceStaysNarrowOverAReboot() {
    World world =
        World.of()
            .network(World.STILL)
            .<Word>running(
                "node",
                2,
                env ->
                    Behaviors.setup(
                        context -> {
                          if (env.host().name().equals("node-1")) {
                            env.send(World.main("node-2"), new Word("x", 1_000));
                          }
                          return Behaviors.receiveMessage(
                              word -> {
                                env.event("took");
                                return Behaviors.same();
                              });
                        }));
    try (Engine engine = World.run(world.start(), ms(10))) {
      engine.bandwidth("node-1", 1e6);
      engine.crashHost("node-1");
      engine.bootHost("node-1");
      World.run(engine, LONG);
      assertThat(lines(engine))
          .containsExactly("node-2 PT0.001S main took", "node-2 PT0.012S main took");
    }
  }

  @Test
  void aMachineThatIsLaunchedAnewUnderAnOldNameHasNoFaults() {
    World world = World.of().hosts("node", 2, boot -> boot.start("main", worker()));
    try (Engine engine = world.start()) {
      engine.stealCores("node-1", 0.5);
      var info = engine.hosts("node").get(0);
      engine.terminate("node-1", Duration.ZERO);
      engine.launch(info, Map.of(), ms(10));
      World.run(engine, ms(150));
      assertThat(lines(engine))
          .containsExactly("node-2 PT0.11S main worked", "node-1 PT0.12S main worked");
    }
  }

  // ---- the last words of the dead

  /** Counts what is counted, by name. */
  private static final class Counted implements Metrics {
    private final Map<String, Long> sums = new TreeMap<>();

    @Override
    public Counter counter(String name, String... labels) {
      return amount -> sums.merge(name, amount, Long::sum);
    }

    @Override
    public Gauge gauge(String name, String... labels) {
      return new Gauge() {
        @Override
        public void set(double value) {
          sums.merge(name, 1L, Long::sum);
        }

        @Override
        public void add(double amount) {
          sums.merge(name, 1L, Long::sum);
        }
      };
    }

    @Override
    public Histogram histogram(String name, String... labels) {
      return nanos -> sums.merge(name, 1L, Long::sum);
    }
  }

  /** Does in its PostStop all that can be done. */
  private static Behavior<Object> talkative(Env<Object> env, Address other) {
    Metrics.Counter counter = env.metrics().counter("counter_total");
    Metrics.Gauge gauge = env.metrics().gauge("gauge");
    Metrics.Histogram histogram = env.metrics().histogram("seconds");
    Disk disk = env.disk(Disk.Lifetime.MACHINE);
    return Behaviors.setup(
        context ->
            Behaviors.receive(Object.class)
                .onMessage(Word.class, stop -> Behaviors.stopped())
                .onSignal(
                    PostStop.class,
                    signal -> {
                      disk.write("file", "x");
                      env.disk(Disk.Lifetime.VOLUME).write("file", "x");
                      env.event("event");
                      env.send(other, new Word("sent"));
                      counter.increment();
                      gauge.set(1);
                      gauge.add(1);
                      histogram.recordNanos(1);
                      env.metrics().counter("counter_total").increment();
                      env.metrics().gauge("gauge").set(1);
                      env.metrics().histogram("seconds").recordNanos(1);
                      env.metrics().counter("late_total").increment();
                      SMUGGLED.get(0).tell("told");
                      context.scheduleOnce(ms(1), SMUGGLED.get(0), "timed");
                      env.fleet().launch("host", "node-9", "", ms(1), Map.of());
                      return Behaviors.same();
                    })
                .build());
  }

  /** How a process of the same host, which may be told things, is found. */
  private static final List<ActorRef<Object>> SMUGGLED = new ArrayList<>();

  private record After(List<String> told, Map<String, Long> counted, long hosts) {}

  private static After lastWords(boolean killed) {
    SMUGGLED.clear();
    Counted counted = new Counted();
    Address main = World.main("node-1");
    World world =
        World.of()
            .network(World.STILL)
            .metrics(counted)
            .hosts(
                "node",
                1,
                boot -> {
                  boot.start(
                      "ear",
                      ProcessSpec.<Object>of(
                          env ->
                              Behaviors.setup(
                                  context -> {
                                    SMUGGLED.add(context.getSelf());
                                    return Behaviors.receiveMessage(
                                        message -> {
                                          String what =
                                              message instanceof Word word
                                                  ? word.text()
                                                  : String.valueOf(message);
                                          Disk disk = env.disk(Disk.Lifetime.MACHINE);
                                          Disk volume = env.disk(Disk.Lifetime.VOLUME);
                                          String files =
                                              disk.files().size() + "" + volume.files().size();
                                          env.event("heard", "what", what, "files", files);
                                          return Behaviors.same();
                                        });
                                  })));
                  boot.start(
                      "main",
                      ProcessSpec.<Object>of(env -> talkative(env, Address.of("node-1", "ear"))));
                });
    try (Engine engine = World.run(world.start(), ms(1))) {
      if (killed) {
        engine.crashProcess(main);
      } else {
        engine.command(main, new Word("stop"), Duration.ZERO);
      }
      World.run(engine, ms(5));
      engine.command(Address.of("node-1", "ear"), new Word("and"), Duration.ZERO);
      World.run(engine, ms(10));
      assertThat(engine.messages().missing()).isZero();
      assertThat(engine.messages().dropped()).isEmpty();
      List<String> told =
          engine.takeEvents().stream()
              .map(
                  event -> (event.name() + " " + String.join(" ", event.fields().values())).strip())
              .toList();
      return new After(told, new TreeMap<>(counted.sums), engine.hosts().size());
    }
  }

  @Test
  void aProcessThatStopsSaysWhatItHasToSay() {
    After after = lastWords(false);
    assertThat(after.told())
        .containsExactly(
            "event", "heard told 11", "heard sent 11", "heard timed 11", "heard and 11");
    assertThat(after.counted())
        .isEqualTo(Map.of("counter_total", 2L, "gauge", 3L, "seconds", 2L, "late_total", 1L));
    assertThat(after.hosts()).isEqualTo(2);
  }

  @Test
  void aProcessThatIsKilledHasNoEffectAnyMore() {
    After after = lastWords(true);
    assertThat(after.told()).containsExactly("heard and 00");
    assertThat(after.counted()).isEmpty();
    assertThat(after.hosts()).isEqualTo(1);
  }

  @Test
  void moreProcessesMayDieInOneInstantThanMayTakeTurnsInOne() {
    int each = HostRuntime.TURNS_PER_INSTANT / 5;
    ProcessSpec<Object> idle = ProcessSpec.of(env -> Behaviors.empty());
    World world =
        World.of()
            .hosts(
                "node",
                1,
                HostSpec.cores(1),
                boot ->
                    boot.start(
                        "starter",
                        ProcessSpec.<Object>of(
                            env ->
                                Behaviors.withTimers(
                                    timers -> {
                                      timers.startTimerAtFixedRate("tick", ms(1));
                                      int[] started = new int[1];
                                      return Behaviors.receiveMessage(
                                          tick -> {
                                            for (int i = 0; i < each; i++) {
                                              env.control().start("p" + started[0]++, idle);
                                            }
                                            return Behaviors.same();
                                          });
                                    }))));
    try (Engine engine = World.run(world.start(), Duration.ofNanos(6_500_000))) {
      engine.crashHost("node-1");
      World.run(engine, ms(10));
      assertThat(engine.isUp("node-1")).isFalse();
    }
  }

  // ---- hosts that are asked for

  private static RunFailure launching(int shards, String template, String... names) {
    World world =
        World.of()
            .shards(shards)
            .running(
                "node",
                5,
                env ->
                    Behaviors.setup(
                        context -> {
                          if (env.host().name().equals("node-3")) {
                            for (String name : names) {
                              env.fleet().launch(template, name, "", ms(5), Map.of());
                            }
                          }
                          return Behaviors.empty();
                        }));
    try (Engine engine = world.start()) {
      engine.runUntil(LONG.toNanos());
      assertThat(engine.failure()).as("%d shards", shards).isNotNull();
      return engine.failure();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aHostNameThatIsTakenFailsTheRunAndNamesWhoAsked(int shards) {
    RunFailure taken = launching(shards, "host", "node-4");
    assertThat(taken.kind()).isEqualTo(RunFailure.Kind.MODEL);
    assertThat(taken.actor()).isEqualTo("node-3/main");
    assertThat(taken.timeNanos()).isEqualTo(5_000_000);
    assertThat(taken.message()).contains("(node-4)").contains("Maybe");

    assertThat(launching(shards, "host", "new-1", "new-1").message()).contains("(new-1)");
  }

  @Test
  void aTemplateThatThereIsNotFailsTheRunAndNamesWhoAsked() {
    RunFailure unknown = launching(1, "guest", "new-1");
    assertThat(unknown.kind()).isEqualTo(RunFailure.Kind.MODEL);
    assertThat(unknown.actor()).isEqualTo("node-3/main");
    assertThat(unknown.message()).contains("(guest)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aHostMayComeGoAndComeAgainInOneInstant(int shards) {
    World world =
        World.of()
            .network(World.STILL)
            .shards(shards)
            .running(
                "node",
                4,
                env ->
                    Behaviors.setup(
                        context -> {
                          String name = env.host().name();
                          env.event("start", "name", name);
                          if (name.startsWith("node-")) {
                            String other = "other-" + name;
                            env.fleet().launch("host", other, "", ms(0), Map.of());
                            env.fleet().terminate(other);
                            env.fleet().launch("host", other, "", ms(0), Map.of());
                          }
                          return Behaviors.empty();
                        }));
    try (Engine engine = World.run(world.start(), LONG)) {
      assertThat(engine.hosts()).hasSize(8);
      assertThat(lines(engine))
          .hasSize(4 + 2 * 4)
          .contains("other-node-3 PT0.001S main start other-node-3");
    }
  }

  // ---- clocks that are wrong

  @Test
  void aWrongClockIsReadButNoTimerFollowsIt() {
    World world =
        World.of()
            .running(
                "node",
                1,
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startTimerAtFixedRate("tick", ms(10));
                          return Behaviors.receiveMessage(
                              tick -> {
                                env.event("read", "clock", env.now().toString());
                                return Behaviors.same();
                              });
                        }));
    try (Engine engine = World.run(world.start(), ms(15))) {
      engine.skewClock("node-1", Duration.ofHours(1));
      World.run(engine, ms(25));
      engine.skewClock("node-1", ms(-1_000));
      engine.crashHost("node-1");
      engine.bootHost("node-1");
      World.run(engine, ms(40));
      engine.skewClock("node-1", Duration.ZERO);
      World.run(engine, ms(50));
      assertThat(lines(engine))
          .containsExactly(
              "node-1 PT0.01S main read PT0.01S",
              "node-1 PT0.02S main read PT1H0.02S",
              "node-1 PT0.035S main read PT-0.965S",
              "node-1 PT0.045S main read PT0.045S");
    }
  }

  // ---- several failures

  @Test
  void ofFailuresInOneInstantTheFirstInTheOrderOfEventsIsReported() {
    TreeSet<String> reported = new TreeSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      String one = failing(seed, 1);
      for (int shards : new int[] {2, 3, 8}) {
        assertThat(failing(seed, shards)).as("seed %d, %d shards", seed, shards).isEqualTo(one);
      }
      reported.add(one);
    }
    assertThat(reported).as("no host is always the first").hasSizeGreaterThan(3);
  }

  private static String failing(long seed, int shards) {
    World world =
        World.of()
            .seed(seed)
            .shards(shards)
            .running(
                "node",
                16,
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startTimerAtFixedRate("tick", ms(5));
                          return Behaviors.receiveMessage(
                              tick -> {
                                if (env.now().compareTo(ms(20)) < 0) {
                                  return Behaviors.same();
                                }
                                throw new IllegalStateException("all at once");
                              });
                        }));
    try (Engine engine = world.start()) {
      engine.runUntil(LONG.toNanos());
      assertThat(engine.failure()).isNotNull();
      assertThat(engine.failure().timeNanos()).isEqualTo(20_000_000);
      return engine.failure().actor();
    }
  }

  @Test
  void ofFailuresWhileHostsBootTheFirstHostsIsReported() {
    // By their actors' names a-1-1/main would come first, as a '-' comes before a '/'.
    for (int shards : new int[] {1, 2, 3, 8}) {
      World world = World.of().shards(shards);
      for (String name : List.of("a", "a-1")) {
        world.running(
            name,
            3,
            env -> {
              throw new IllegalStateException("no start");
            });
      }
      try (Engine engine = world.start()) {
        assertThat(engine.failure()).isNotNull();
        assertThat(engine.failure().actor()).as("%d shards", shards).isEqualTo("a-1/main");
      }
    }
  }
}
