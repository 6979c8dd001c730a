package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.network.LinkProfile;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request comes to, and when its client knows. A client asks a server 1 ms away at the
 * start; all times follow from that, and from Linux's retransmissions.
 */
class RequestScenarioTest {
  private static final Address SERVER = World.main("server-1");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final HostSet CLIENTS = new HostSet.Entry("client");
  private static final HostSet SERVERS = new HostSet.Entry("server");

  record Came(Outcome outcome) {}

  /** Asks once, when it starts, and records what comes. */
  private static ProcessSpec<Came> client(Address server, Duration timeout) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  env.request(server, to -> new Word.Ask(to, "q"), timeout, Came::new);
                  return Behaviors.receiveMessage(
                      came -> {
                        env.event("came", "what", came.outcome().getClass().getSimpleName());
                        return Behaviors.same();
                      });
                }));
  }

  private static ProcessSpec<Word.Ask> server(Duration hold) {
    return ProcessSpec.<Word.Ask>of(RequestScenarioTest::answer).cost(ask -> Cost.hold(hold));
  }

  private static Behavior<Word.Ask> answer(Env<Word.Ask> env) {
    return Behaviors.receiveMessage(
        ask -> {
          env.event("took");
          env.reply(ask.replyTo(), new Word("a"));
          return Behaviors.same();
        });
  }

  private static World world(Duration timeout, Duration hold) {
    return World.of()
        .network(World.STILL)
        .hosts("client", 1, boot -> boot.start("main", client(SERVER, timeout)))
        .hosts("server", 1, boot -> boot.start("main", server(hold)));
  }

  private static List<String> run(World world, Consumer<Engine> steps) {
    try (Engine engine = world.start()) {
      steps.accept(engine);
      World.run(engine, Duration.ofSeconds(60));
      assertThat(engine.messages().missing()).isZero();
      assertThat(engine.messages().queued() + engine.messages().inFlight()).isZero();
      // Nothing is under way, so that each request has ended and each bill was settled, once.
      assertThat(engine.work().unfinished()).isEqualTo(WorkCounts.Amount.NONE);
      return engine.takeEvents().stream()
          .map(event -> event.host() + " " + World.line(event).strip())
          .toList();
    }
  }

  private static List<String> ask(Consumer<Engine> steps) {
    return run(world(TIMEOUT, Duration.ofMillis(5)), steps);
  }

  private static void at(Engine engine, Duration time) {
    World.run(engine, time);
  }

  private static LinkFault swallow(HostSet from, HostSet to) {
    return new LinkFault(from, to, new LinkFault.Swallow());
  }

  private static LinkFault reject(HostSet from, HostSet to) {
    return new LinkFault(from, to, new LinkFault.Reject());
  }

  private static long drops(Engine engine, String reason) {
    return engine.messages().dropped().entrySet().stream()
        .filter(drop -> drop.getKey().reason().equals(reason))
        .mapToLong(drop -> drop.getValue())
        .sum();
  }

  // ---- the four outcomes

  @Test
  void anAnswerTakesBothWaysAndTheService() {
    assertThat(ask(engine -> {}))
        .containsExactly("server-1 PT0.006S main took", "client-1 PT0.007S main came Reply");
  }

  @Test
  void whereNobodyListensAConnectionIsRefusedAfterARoundTrip() {
    World world =
        World.of()
            .network(World.STILL)
            .hosts("client", 1, boot -> boot.start("main", client(SERVER, TIMEOUT)))
            .hosts("server", 1, boot -> {});
    assertThat(run(world, engine -> {})).containsExactly("client-1 PT0.002S main came Refused");
  }

  @Test
  void aProcessThatWasKilledBeforeRefuses() {
    assertThat(ask(engine -> engine.crashProcess(SERVER)))
        .containsExactly("client-1 PT0.002S main came Refused");
  }

  @Test
  void aProcessThatIsKilledWhileItServesResets() {
    assertThat(
            ask(
                engine -> {
                  at(engine, Duration.ofMillis(4));
                  engine.crashProcess(SERVER);
                  assertThat(engine.messages().lostInCrashes()).isEqualTo(1);
                }))
        .containsExactly("client-1 PT0.005S main came Reset");
  }

  @Test
  void aRequestThatWaitsInAMailboxIsResetTooWhenItsProcessIsKilled() {
    World world =
        World.of()
            .network(World.STILL)
            .hosts("client", 2, boot -> boot.start("main", client(SERVER, TIMEOUT)))
            .hosts("server", 1, boot -> boot.start("main", server(Duration.ofSeconds(1))));
    assertThat(
            run(
                world,
                engine -> {
                  at(engine, Duration.ofMillis(4));
                  engine.crashProcess(SERVER);
                }))
        .containsExactly("client-1 PT0.005S main came Reset", "client-2 PT0.005S main came Reset");
  }

  @Test
  void aHostThatLosesPowerWhileItServesSaysNothing() {
    assertThat(
            ask(
                engine -> {
                  at(engine, Duration.ofMillis(4));
                  engine.crashHost("server-1");
                }))
        .containsExactly("client-1 PT10S main came TimedOut");
  }

  @Test
  void aHostThatIsDownSaysNothing() {
    assertThat(
            ask(
                engine -> {
                  engine.crashHost("server-1");
                  at(engine, Duration.ofSeconds(9));
                  assertThat(drops(engine, "host-down")).as("0, 1, 3 and 7 s").isEqualTo(4);
                }))
        .containsExactly("client-1 PT10S main came TimedOut");
  }

  @Test
  void aHostThatNeverWasSaysNothing() {
    World world =
        World.of()
            .network(World.STILL)
            .hosts("client", 1, boot -> boot.start("main", client(SERVER, TIMEOUT)));
    assertThat(run(world, engine -> {})).containsExactly("client-1 PT10S main came TimedOut");
  }

  @Test
  void aHostThatIsTakenAwayWhileItServesSaysNothing() {
    assertThat(
            ask(
                engine -> {
                  at(engine, Duration.ofMillis(4));
                  engine.terminate("server-1", Duration.ZERO);
                }))
        .containsExactly("client-1 PT10S main came TimedOut");
  }

  @Test
  void aServerThatIsTooSlowIsTimedOutAndItsAnswerIsLate() {
    assertThat(
            run(
                world(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                engine -> {
                  at(engine, Duration.ofSeconds(5));
                  assertThat(drops(engine, "late")).isEqualTo(1);
                }))
        .containsExactly("client-1 PT1S main came TimedOut", "server-1 PT3.001S main took");
  }

  // ---- lost connections are tried again, as Linux does

  @ParameterizedTest
  @CsvSource({"0.5, 1.007", "2.0, 3.007", "6.0, 7.007"})
  void aHostThatComesBackIsReachedByTheNextSyn(double back, String answered) {
    assertThat(
            ask(
                engine -> {
                  engine.crashHost("server-1");
                  at(engine, Duration.ofMillis((long) (back * 1000)));
                  engine.bootHost("server-1");
                }))
        .last()
        .isEqualTo("client-1 PT" + answered + "S main came Reply");
  }

  /** As {@link #world}, but the client asks after 10 ms, when a cut is in place. */
  private static List<String> askLater(Consumer<Engine> steps) {
    ProcessSpec<Came> late =
        ProcessSpec.of(
            env ->
                Behaviors.setup(
                    context -> {
                      context.scheduleOnce(
                          Duration.ofMillis(10), context.getSelf(), new Came(new Outcome.Reset()));
                      return Behaviors.receiveMessage(
                          go -> client(SERVER, TIMEOUT).behavior().apply(env));
                    }));
    return run(
        World.of()
            .network(World.STILL)
            .hosts("client", 1, boot -> boot.start("main", late))
            .hosts("server", 1, boot -> boot.start("main", server(Duration.ofMillis(5)))),
        steps);
  }

  @Test
  void behindACutThatSwallowsARequestTimesOut() {
    assertThat(
            askLater(
                engine -> {
                  engine.applyLinkFault("cut", swallow(CLIENTS, SERVERS));
                  at(engine, Duration.ofSeconds(9));
                  assertThat(drops(engine, "cut")).as("0, 1, 3 and 7 s").isEqualTo(4);
                }))
        .containsExactly("client-1 PT10.01S main came TimedOut");
  }

  @Test
  void behindACutThatRefusesARequestIsRefusedAfterARoundTrip() {
    assertThat(askLater(engine -> engine.applyLinkFault("cut", reject(CLIENTS, SERVERS))))
        .containsExactly("client-1 PT0.012S main came Refused");
  }

  @Test
  void whenACutIsHealedTheNextSynCrosses() {
    assertThat(
            askLater(
                engine -> {
                  engine.applyLinkFault("cut", swallow(CLIENTS, SERVERS));
                  at(engine, Duration.ofSeconds(2));
                  engine.liftLinkFaults("cut");
                }))
        .last()
        .isEqualTo("client-1 PT3.017S main came Reply");
  }

  @ParameterizedTest
  @CsvSource({"swallow", "reject"})
  void anAnswerThatIsCutOffComesAgainAndTheServerWorksOnce(String cut) {
    // Taken at 16 ms; the answer goes out then, 200 ms on, and 400 ms on: healed at 0.5 s.
    assertThat(
            askLater(
                engine -> {
                  engine.applyLinkFault(
                      "cut",
                      cut.equals("swallow") ? swallow(SERVERS, CLIENTS) : reject(SERVERS, CLIENTS));
                  at(engine, Duration.ofMillis(500));
                  engine.liftLinkFaults("cut");
                }))
        .containsExactly("server-1 PT0.016S main took", "client-1 PT0.617S main came Reply");
  }

  @Test
  void aRefusalThatIsCutOffIsASynThatNobodyAnswered() {
    // Sent at 10 ms and again at 1.01 s, when the way back is free: then refused after 2 ms.
    assertThat(
            askLater(
                engine -> {
                  engine.crashProcess(SERVER);
                  engine.applyLinkFault("cut", swallow(SERVERS, CLIENTS));
                  at(engine, Duration.ofMillis(500));
                  engine.liftLinkFaults("cut");
                }))
        .containsExactly("client-1 PT1.012S main came Refused");
  }

  @Test
  void anAnswerThatStaysCutOffIsATimeOutThoughTheServerWorked() {
    assertThat(askLater(engine -> engine.applyLinkFault("cut", swallow(SERVERS, CLIENTS))))
        .containsExactly("server-1 PT0.016S main took", "client-1 PT10.01S main came TimedOut");
  }

  // ---- the client's end

  @Test
  void aClientThatWasKilledAsksNoMore() {
    assertThat(
            askLater(
                engine -> {
                  engine.applyLinkFault("cut", swallow(CLIENTS, SERVERS));
                  at(engine, Duration.ofMillis(500));
                  engine.crashProcess(World.main("client-1"));
                  engine.liftLinkFaults("cut");
                  at(engine, Duration.ofSeconds(20));
                  assertThat(drops(engine, "dead")).as("no outcome for the dead").isZero();
                }))
        .as("the SYN of a dead process is not sent again")
        .isEmpty();
  }

  @Test
  void aHostWithoutPowerAsksNoMore() {
    assertThat(
            askLater(
                engine -> {
                  engine.applyLinkFault("cut", swallow(CLIENTS, SERVERS));
                  at(engine, Duration.ofMillis(500));
                  engine.crashHost("client-1");
                  engine.liftLinkFaults("cut");
                }))
        .isEmpty();
  }

  @Test
  void aClientThatRestartedGetsNothingThatItDidNotAskFor() {
    assertThat(
            run(
                world(TIMEOUT, Duration.ofSeconds(2)),
                engine -> {
                  at(engine, Duration.ofSeconds(1));
                  engine.crashHost("client-1");
                  engine.bootHost("client-1");
                }))
        .as("the first answer finds no connection, the second one does")
        .containsExactly(
            "server-1 PT2.001S main took",
            "server-1 PT4.001S main took",
            "client-1 PT4.002S main came Reply");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void noticesToAHostThatWasTakenAwayAreForNobody(int shards) {
    // The engine fails a run in which a parcel is faster than the fastest link; this one was.
    ProcessSpec<Object> killer =
        ProcessSpec.of(
            env ->
                Behaviors.setup(
                    context -> {
                      context.scheduleOnce(Duration.ofNanos(600_300_000), context.getSelf(), "now");
                      return Behaviors.receiveMessage(
                          now -> {
                            env.control().kill("main");
                            return Behaviors.same();
                          });
                    }));
    World world =
        World.of()
            .network(World.STILL)
            .shards(shards)
            .hosts("client", 8, boot -> boot.start("main", client(SERVER, TIMEOUT)))
            .hosts(
                "server",
                1,
                boot -> {
                  boot.start("main", server(Duration.ofSeconds(1)));
                  boot.start("killer", killer);
                });
    List<String> lines =
        run(
            world,
            engine -> {
              at(engine, Duration.ofMillis(500));
              for (int i = 1; i <= 8; i++) {
                engine.terminate("client-" + i, Duration.ZERO);
              }
            });
    assertThat(lines).isEmpty();
  }

  // ---- in between

  private static World proxied(Function<Env<WireRequest>, Behavior<WireRequest>> proxy) {
    return World.of()
        .network(World.STILL)
        .hosts("client", 1, boot -> boot.start("main", client(World.main("proxy-1"), TIMEOUT)))
        .hosts("proxy", 1, boot -> boot.start("main", ProcessSpec.of(proxy)))
        .hosts("server", 1, boot -> boot.start("main", server(Duration.ofMillis(5))));
  }

  private static Behavior<WireRequest> forward(Env<WireRequest> env) {
    return Behaviors.receiveMessage(
        request -> {
          env.forward(SERVER, request);
          return Behaviors.same();
        });
  }

  @Test
  void aForwardedRequestIsAnsweredStraight() {
    assertThat(run(proxied(RequestScenarioTest::forward), engine -> {}))
        .containsExactly("server-1 PT0.007S main took", "client-1 PT0.008S main came Reply");
  }

  @Test
  void aForwardedRequestIsRefusedWhereNobodyListens() {
    assertThat(run(proxied(RequestScenarioTest::forward), engine -> engine.crashProcess(SERVER)))
        .containsExactly("client-1 PT0.003S main came Refused");
  }

  @Test
  void aForwardedRequestIsResetWhenItsServerDies() {
    assertThat(
            run(
                proxied(RequestScenarioTest::forward),
                engine -> {
                  at(engine, Duration.ofMillis(4));
                  engine.crashProcess(World.main("proxy-1"));
                  at(engine, Duration.ofMillis(5));
                  engine.crashProcess(SERVER);
                }))
        .as("the proxy's death is nobody's business any more")
        .containsExactly("client-1 PT0.006S main came Reset");
  }

  @Test
  void aProcessMayRefuseWhatItTook() {
    assertThat(
            run(
                proxied(
                    env ->
                        Behaviors.receiveMessage(
                            request -> {
                              env.refuse(request, "no-backend");
                              return Behaviors.same();
                            })),
                engine -> {}))
        .containsExactly("client-1 PT0.002S main came Refused");
  }

  @Test
  void aProcessMayLetARequestFallAsAFullListenQueueDoes() {
    int[] seen = new int[1];
    assertThat(
            run(
                proxied(
                    env ->
                        Behaviors.receiveMessage(
                            request -> {
                              if (++seen[0] < 3) {
                                env.discard(request, "listen-queue");
                              } else {
                                env.forward(SERVER, request);
                              }
                              return Behaviors.same();
                            })),
                engine -> {}))
        .last()
        .isEqualTo("client-1 PT3.008S main came Reply");
  }

  @Test
  void nobodyAnswersTwice() {
    World world =
        proxied(
            env ->
                Behaviors.receiveMessage(
                    request -> {
                      env.reply(request.replyTo(), new Word("once"));
                      env.reply(request.replyTo(), new Word("twice"));
                      return Behaviors.same();
                    }));
    try (Engine engine = world.start()) {
      engine.runUntil(TIMEOUT.toNanos());
      assertThat(engine.failure()).isNotNull();
      assertThat(engine.failure().kind()).isEqualTo(RunFailure.Kind.MODEL);
      assertThat(engine.failure().actor()).isEqualTo("proxy-1/main");
      assertThat(engine.failure().message()).contains("no open connection");
    }
  }

  @ParameterizedTest
  @CsvSource({"REFUSE, PT0.002S main came Refused", "DROP_NEWEST, PT1.007S main came Reply"})
  void aFullMailboxAcrossHostsAnswersAsItsRuleSays(Overflow overflow, String came) {
    World world =
        World.of()
            .network(World.STILL)
            .hosts("client", 2, boot -> boot.start("main", client(SERVER, TIMEOUT)))
            .hosts(
                "server",
                1,
                boot -> boot.start("main", server(Duration.ofMillis(5)).mailbox(1, overflow)));
    assertThat(run(world, engine -> {}))
        .filteredOn(line -> line.startsWith("client"))
        .extracting(line -> line.substring("client-1 ".length()))
        .containsExactlyInAnyOrder("PT0.007S main came Reply", came);
  }

  @Test
  void aLinkThatDoublesDatagramsDoublesNoConnections() {
    World world =
        World.of()
            .network(
                World.still(
                    LinkProfile.of(World.LATENCY, Duration.ZERO).unreliable(0, 1), 1_000_000))
            .hosts("client", 1, boot -> boot.start("main", client(SERVER, TIMEOUT)))
            .hosts("server", 1, boot -> boot.start("main", server(Duration.ofMillis(5))));
    assertThat(run(world, engine -> {}))
        .containsExactly("server-1 PT0.006S main took", "client-1 PT0.007S main came Reply");
  }

  @Test
  void whoIsBlockedBeforeAServerThatIsKilledIsReset() {
    // One is served, one waits, one is parked outside: all three on the server's own host.
    World world =
        World.of()
            .network(World.STILL)
            .hosts(
                "server",
                1,
                boot -> {
                  boot.start("main", server(Duration.ofSeconds(1)).mailbox(2, Overflow.BLOCK));
                  for (String name : List.of("c1", "c2", "c3")) {
                    boot.start(name, client(SERVER, TIMEOUT));
                  }
                });
    assertThat(
            run(
                world,
                engine -> {
                  at(engine, Duration.ofMillis(4));
                  engine.crashProcess(SERVER);
                }))
        .containsExactlyInAnyOrder(
            "server-1 PT0.00405S c1 came Reset",
            "server-1 PT0.00405S c2 came Reset",
            "server-1 PT0.00405S c3 came Reset");
  }

  @Test
  void aFaultForNamedHostsLeavesOthersAlone() {
    World world =
        World.of()
            .network(World.STILL)
            .<Came>running(
                "client",
                2,
                env ->
                    Behaviors.setup(
                        context -> {
                          context.scheduleOnce(
                              Duration.ofMillis(10),
                              context.getSelf(),
                              new Came(new Outcome.Reset()));
                          return Behaviors.receiveMessage(
                              go -> client(SERVER, TIMEOUT).behavior().apply(env));
                        }))
            .hosts("server", 1, boot -> boot.start("main", server(Duration.ofMillis(5))));
    HostSet one = new HostSet.Named(Set.of("client-2"));
    assertThat(run(world, engine -> engine.applyLinkFault("cut", reject(one, SERVERS))))
        .contains("client-2 PT0.012S main came Refused", "client-1 PT0.017S main came Reply");
  }
}
