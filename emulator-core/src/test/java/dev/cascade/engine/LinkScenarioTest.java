package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.network.LinkProfile;
import dev.cascade.network.LinksBetween;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What links do to datagrams. A sender numbers 20,000 of them, one every 100 µs; where chance
 * decides, a bound is 4.5 standard errors of a sample of that size: one run in 150,000 would fail
 * by chance, and since seeds are fixed, either none does or all do.
 */
class LinkScenarioTest {
  private static final int MESSAGES = 20_000;
  private static final Duration GAP = Duration.ofNanos(100_000);
  private static final Duration END = GAP.multipliedBy(MESSAGES).plusSeconds(5);
  private static final double SIGMAS = 4.5;

  private record Arrived(int number, long sentNanos, long delayNanos) {}

  private record Heard(List<Arrived> arrivals, MessageCounts messages) {
    double meanDelayNanos() {
      return arrivals.stream().mapToLong(Arrived::delayNanos).average().orElseThrow();
    }

    long leastDelayNanos() {
      return arrivals.stream().mapToLong(Arrived::delayNanos).min().orElseThrow();
    }

    long greatestDelayNanos() {
      return arrivals.stream().mapToLong(Arrived::delayNanos).max().orElseThrow();
    }

    long dropped(String reason) {
      return messages.dropped().entrySet().stream()
          .filter(drop -> drop.getKey().reason().equals(reason))
          .mapToLong(drop -> drop.getValue())
          .sum();
    }
  }

  private static Heard hear(LinkProfile link, Consumer<Engine> steps) {
    return hear(NetworkPlan.uniform(link), World.main("receiver-1"), steps);
  }

  private static Heard hear(NetworkPlan network, Address receiver, Consumer<Engine> steps) {
    List<Arrived> arrivals = new ArrayList<>();
    Consumer<Boot> ear =
        boot -> boot.start("ear", ProcessSpec.<Word>of(env -> listen(env, arrivals)));
    World world =
        World.of()
            .network(network)
            .hosts(
                "sender",
                1,
                boot -> {
                  boot.start("main", ProcessSpec.<Object>of(env -> count(env, receiver)));
                  ear.accept(boot);
                })
            .<Word>running("receiver", 1, env -> listen(env, arrivals));
    try (Engine engine = world.start()) {
      steps.accept(engine);
      World.run(engine, END);
      assertThat(engine.messages().missing()).isZero();
      return new Heard(arrivals, engine.messages());
    }
  }

  private static Behavior<Object> count(Env<Object> env, Address receiver) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate("tick", GAP);
          int[] sent = new int[1];
          return Behaviors.receiveMessage(
              tick -> {
                env.send(receiver, new Word(sent[0] + " " + env.nowNanos()));
                if (++sent[0] == MESSAGES) {
                  timers.cancelAll();
                }
                return Behaviors.same();
              });
        });
  }

  private static Behavior<Word> listen(Env<Word> env, List<Arrived> arrivals) {
    return Behaviors.receiveMessage(
        word -> {
          String[] parts = word.text().split(" ");
          long sent = Long.parseLong(parts[1]);
          arrivals.add(new Arrived(Integer.parseInt(parts[0]), sent, env.nowNanos() - sent));
          return Behaviors.same();
        });
  }

  private static LinkProfile link(DurationDistribution latency, Duration min) {
    return new LinkProfile(latency, Duration.ZERO, min, 0, 0);
  }

  private static LinkProfile constant(long millis) {
    return LinkProfile.of(Duration.ofMillis(millis), Duration.ZERO);
  }

  /** Bounds of a count of n independent events of probability p. */
  private static void assertShare(long count, long of, double probability) {
    double mean = of * probability;
    double error = SIGMAS * Math.sqrt(of * probability * (1 - probability));
    assertThat((double) count).isBetween(mean - error, mean + error);
  }

  // ---- loss and duplication

  @ParameterizedTest
  @CsvSource({"0.001", "0.1", "0.5", "0.9"})
  void lossIsTheShareThatWasAskedFor(double loss) {
    Heard heard = hear(constant(1).unreliable(loss, 0), engine -> {});
    assertShare(heard.dropped("lost"), MESSAGES, loss);
    assertThat(heard.arrivals()).hasSize((int) (MESSAGES - heard.dropped("lost")));
  }

  @Test
  void lossesAddUpAsIndependentOnesDo() {
    LinkFault.Effect more = new LinkFault.Loss(0.3);
    Heard heard =
        hear(
            constant(1).unreliable(0.2, 0),
            engine -> engine.applyLinkFault("more", new LinkFault(HostSet.ALL, HostSet.ALL, more)));
    assertShare(heard.dropped("lost"), MESSAGES, 1 - 0.8 * 0.7);
  }

  @ParameterizedTest
  @CsvSource({"0.01", "0.3", "1"})
  void duplicatesAreTheShareThatWasAskedFor(double duplicate) {
    Heard heard = hear(constant(1).unreliable(0, duplicate), engine -> {});
    assertShare(heard.messages().duplicated(), MESSAGES, duplicate);
    assertThat(heard.arrivals()).hasSize((int) (MESSAGES + heard.messages().duplicated()));
  }

  @Test
  void certainLossLetsNothingThrough() {
    assertThat(
            hear(
                    constant(1),
                    engine ->
                        engine.applyLinkFault(
                            "all", new LinkFault(HostSet.ALL, HostSet.ALL, new LinkFault.Loss(1))))
                .arrivals())
        .isEmpty();
  }

  // ---- latency

  @Test
  void exponentialLatencyHasItsMeanAndNeverUndercutsTheMinimum() {
    // max(X, m) of an exponential X with mean 1 ms has the mean m + exp(-m); its deviation is < 1.
    Heard heard =
        hear(
            link(DurationDistribution.exponential(Duration.ofMillis(1)), Duration.ofNanos(300_000)),
            engine -> {});
    double mean = 0.3 + Math.exp(-0.3);
    assertThat(heard.meanDelayNanos() / 1e6)
        .isBetween(mean - SIGMAS / Math.sqrt(MESSAGES), mean + SIGMAS / Math.sqrt(MESSAGES));
    assertThat(heard.leastDelayNanos()).isEqualTo(300_000);
  }

  @Test
  void jitterIsUniformAroundTheLatency() {
    // Uniform within ±0.5 ms: deviation 1/sqrt(12) ms; of 20,000 the extremes are within 0.1 % of
    // the ends with probability 1 - 2 exp(-20).
    Heard heard = hear(LinkProfile.of(Duration.ofMillis(2), Duration.ofNanos(500_000)), e -> {});
    double error = SIGMAS / Math.sqrt(12.0 * MESSAGES);
    assertThat(heard.meanDelayNanos() / 1e6).isBetween(2 - error, 2 + error);
    assertThat(heard.leastDelayNanos()).isBetween(1_500_000L, 1_501_000L);
    assertThat(heard.greatestDelayNanos()).isBetween(2_499_000L, 2_500_000L);
  }

  @Test
  void jitterBeyondTheGapReordersAndNoJitterDoesNot() {
    Heard steady = hear(constant(2), engine -> {});
    Heard jittery = hear(LinkProfile.of(Duration.ofMillis(2), Duration.ofNanos(500_000)), e -> {});
    assertThat(overtakings(steady)).isZero();
    // Two neighbours 0.1 ms apart with delays uniform over 1 ms swap with probability 0.9²/2.
    assertThat((double) overtakings(jittery) / MESSAGES).isBetween(0.37, 0.44);
  }

  private static long overtakings(Heard heard) {
    long[] when = new long[MESSAGES];
    heard.arrivals().forEach(a -> when[a.number()] = a.sentNanos() + a.delayNanos());
    long count = 0;
    for (int i = 1; i < MESSAGES; i++) {
      count += when[i] < when[i - 1] ? 1 : 0;
    }
    return count;
  }

  @Test
  void extraLatencyIsAddedToEveryCopy() {
    LinkFault.Delay delay = new LinkFault.Delay(Duration.ofMillis(50), Duration.ofMillis(10));
    Heard heard =
        hear(
            constant(1).unreliable(0, 0.5),
            engine ->
                engine.applyLinkFault("slow", new LinkFault(HostSet.ALL, HostSet.ALL, delay)));
    assertThat(heard.leastDelayNanos()).isBetween(41_000_000L, 41_100_000L);
    assertThat(heard.greatestDelayNanos()).isBetween(60_900_000L, 61_000_000L);
  }

  @Test
  void aDistributionIsWhatADelayFaultsJitterIsUniform() {
    LinkFault.Delay delay = new LinkFault.Delay(Duration.ofMillis(5), Duration.ofMillis(5));
    Heard heard =
        hear(
            constant(1),
            engine ->
                engine.applyLinkFault("slow", new LinkFault(HostSet.ALL, HostSet.ALL, delay)));
    double error = SIGMAS * 10 / Math.sqrt(12.0 * MESSAGES);
    assertThat(heard.meanDelayNanos() / 1e6).isBetween(6 - error, 6 + error);
    assertThat(heard.leastDelayNanos()).isGreaterThanOrEqualTo(1_000_000L);
  }

  @Test
  void theLoopbackHasItsOwnLatency() {
    Heard heard =
        hear(NetworkPlan.uniform(constant(1)), Address.of("sender-1", "ear"), engine -> {});
    double error = SIGMAS * 20 / Math.sqrt(12.0 * MESSAGES);
    assertThat(heard.meanDelayNanos() / 1e3).isBetween(50 - error, 50 + error);
    assertThat(heard.leastDelayNanos()).isGreaterThanOrEqualTo(40_000L);
    assertThat(heard.greatestDelayNanos()).isLessThanOrEqualTo(60_000L);
  }

  @Test
  void aCutOfAllLinksLeavesTheLoopbackAlone() {
    Heard heard =
        hear(
            NetworkPlan.uniform(constant(1)),
            Address.of("sender-1", "ear"),
            engine ->
                engine.applyLinkFault(
                    "cut", new LinkFault(HostSet.ALL, HostSet.ALL, new LinkFault.Swallow())));
    assertThat(heard.arrivals()).hasSize(MESSAGES);
  }

  // ---- bandwidth: 1,000 bytes at 1 MB/s take a millisecond

  private static List<String> burst(int messages, long buffer, Consumer<Engine> steps) {
    World world =
        World.of()
            .network(World.still(constant(1), buffer))
            .hosts(
                "sender",
                1,
                HostSpec.cores(1).bandwidth(1e6),
                boot ->
                    boot.start(
                        "main",
                        ProcessSpec.<Object>of(
                            env ->
                                Behaviors.setup(
                                    context -> {
                                      for (int i = 0; i < messages; i++) {
                                        env.send(World.main("node-1"), new Word("m" + i, 1_000));
                                      }
                                      env.send(World.main("node-1"), new Word("empty"));
                                      return Behaviors.ignore();
                                    }))))
            .<Word>running(
                "node",
                1,
                env ->
                    Behaviors.receiveMessage(
                        word -> {
                          env.event("took", "word", word.text());
                          return Behaviors.same();
                        }));
    try (Engine engine = world.start()) {
      steps.accept(engine);
      World.run(engine, Duration.ofSeconds(1));
      assertThat(engine.messages().missing()).isZero();
      return World.lines(engine, "node-1");
    }
  }

  @Test
  void bandwidthIsAQueueAtTheSender() {
    assertThat(burst(3, 1_000_000, engine -> {}))
        .containsExactly(
            "PT0.002S main took m0",
            "PT0.003S main took m1",
            "PT0.004S main took m2",
            "PT0.004064S main took empty"); // a frame has 64 bytes
  }

  @Test
  void aFullInterfaceDropsWhatComes() {
    // 2,000 bytes may wait: with the first on the wire, what comes when 3,000 do is dropped,
    // the empty one too.
    assertThat(burst(6, 2_000, engine -> assertThat(engine.messages().droppedTotal()).isEqualTo(4)))
        .containsExactly("PT0.002S main took m0", "PT0.003S main took m1", "PT0.004S main took m2");
  }

  @Test
  void bytesThatHaveNotLeftGoAtTheNewBandwidth() {
    // At 0.5 ms half of m0 is left: 250 µs at twice the rate, and then 500 µs a message.
    assertThat(
            burst(
                3,
                1_000_000,
                engine -> {
                  World.run(engine, Duration.ofNanos(500_000));
                  engine.bandwidth("sender-1", 2e6);
                }))
        .containsExactly(
            "PT0.00175S main took m0",
            "PT0.00225S main took m1",
            "PT0.00275S main took m2",
            "PT0.002782S main took empty");
  }

  @Test
  void whenTheBandwidthIsNoLimitAnyMoreWhatWaitsLeavesInItsOrder() {
    assertThat(
            burst(
                3,
                1_000_000,
                engine -> {
                  World.run(engine, Duration.ofNanos(500_000));
                  engine.bandwidth("sender-1", Double.POSITIVE_INFINITY);
                }))
        .containsExactly(
            "PT0.0015S main took m0",
            "PT0.0015S main took m1",
            "PT0.0015S main took m2",
            "PT0.0015S main took empty");
  }

  @Test
  void whatWaitsAtAnInterfaceIsLostWithItsHostsPower() {
    assertThat(
            burst(
                3,
                1_000_000,
                engine -> {
                  World.run(engine, Duration.ofNanos(1_500_000));
                  engine.crashHost("sender-1");
                  assertThat(engine.messages().lostInCrashes()).isEqualTo(3);
                }))
        .containsExactly("PT0.002S main took m0");
  }

  // ---- bandwidth of links: a queue for each host that one sends to

  /**
   * Two senders send so many messages of 1,000 bytes to each of two nodes at the start.
   *
   * @return what the nodes took, in the order of time and host
   */
  private static List<String> fan(
      NetworkPlan network, double interfaceRate, int messages, int shards, Consumer<Engine> steps) {
    Consumer<Boot> send =
        boot ->
            boot.start(
                "main",
                ProcessSpec.<Object>of(
                    env ->
                        Behaviors.setup(
                            context -> {
                              for (int i = 0; i < messages; i++) {
                                Word word = new Word(env.host().name() + " m" + i, 1_000);
                                env.send(World.main("node-1"), word);
                                env.send(World.main("node-2"), word);
                              }
                              return Behaviors.ignore();
                            })));
    World world =
        World.of()
            .network(network)
            .shards(shards)
            .hosts("sender", 2, HostSpec.cores(1).bandwidth(interfaceRate), send)
            .<Word>running(
                "node",
                2,
                env ->
                    Behaviors.receiveMessage(
                        word -> {
                          env.event("took", "word", word.text());
                          return Behaviors.same();
                        }));
    try (Engine engine = world.start()) {
      steps.accept(engine);
      World.run(engine, Duration.ofSeconds(1));
      assertThat(engine.messages().missing()).isZero();
      assertThat(engine.messages().inFlight()).isZero();
      return engine.takeEvents().stream()
          .map(event -> event.host() + " " + World.line(event))
          .toList();
    }
  }

  private static NetworkPlan narrow(List<LinksBetween> rules, LinkProfile standard, long buffer) {
    NetworkPlan still = World.still(standard, buffer);
    return new NetworkPlan(
        standard, rules, still.loopback(), still.synRetransmits(), still.interfaceBufferBytes());
  }

  private static final double FAST = Double.POSITIVE_INFINITY;
  private static final HostSet NODE_1 = new HostSet.Named(Set.of("node-1"));
  private static final HostSet SENDER_1 = new HostSet.Named(Set.of("sender-1"));

  private static List<String> times(List<String> lines, String node, String sender) {
    return lines.stream()
        .filter(line -> line.startsWith(node) && line.contains(sender))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  @Test
  void eachLinkHasABandwidthOfItsOwn() {
    List<String> lines =
        fan(narrow(List.of(), constant(1).bandwidth(1e6), 100_000), FAST, 3, 1, engine -> {});
    assertThat(lines).hasSize(12);
    for (String node : List.of("node-1", "node-2")) {
      for (String sender : List.of("sender-1", "sender-2")) {
        assertThat(times(lines, node, sender)).containsExactly("PT0.002S", "PT0.003S", "PT0.004S");
      }
    }
  }

  @Test
  void aRuleMakesSomeLinksNarrowAndLeavesTheOthersWide() {
    LinksBetween rule = new LinksBetween(SENDER_1, NODE_1, constant(1).bandwidth(0.5e6));
    List<String> lines = fan(narrow(List.of(rule), constant(1), 100_000), FAST, 2, 1, engine -> {});
    assertThat(times(lines, "node-1", "sender-1")).containsExactly("PT0.003S", "PT0.005S");
    assertThat(times(lines, "node-2", "sender-1")).containsExactly("PT0.001S", "PT0.001S");
    assertThat(times(lines, "node-1", "sender-2")).containsExactly("PT0.001S", "PT0.001S");
  }

  @Test
  void aNarrowLinkComesAfterANarrowInterface() {
    // The interface lets one message out each 0.5 ms, to node-1 and node-2 in turn; a link takes
    // 1.2 ms for each: from 0.5 to 1.7, from 1.0 to 2.2, then from 1.7 and 2.2 on.
    List<String> lines =
        fan(narrow(List.of(), constant(1).bandwidth(1e7 / 12), 100_000), 2e6, 2, 1, engine -> {});
    assertThat(times(lines, "node-1", "sender-1")).containsExactly("PT0.0027S", "PT0.0039S");
    assertThat(times(lines, "node-2", "sender-1")).containsExactly("PT0.0032S", "PT0.0044S");
  }

  @Test
  void whatDoesNotFitBeforeALinkIsDroppedAndCounted() {
    // One is on its way and, before a message comes that finds more than 1,500 bytes, one waits.
    MessageCounts[] counts = new MessageCounts[1];
    List<String> lines =
        fan(
            narrow(List.of(), constant(1).bandwidth(1e6), 1_500),
            FAST,
            5,
            1,
            engine -> counts[0] = engine.messages());
    assertThat(times(lines, "node-1", "sender-1")).containsExactly("PT0.002S", "PT0.003S");
    assertThat(counts[0].dropped().keySet())
        .extracting(MessageCounts.Drop::toString)
        .hasSize(1)
        .first()
        .asString()
        .contains("sender->node")
        .contains("link-full");
    assertThat(counts[0].droppedTotal()).isEqualTo(3 * 4);
  }

  @Test
  void aFaultNarrowsLinksAndItsEndWidensThem() {
    // All of 4 × 1,000 bytes wait at 1 MB/s; from 1.5 ms on at half of that, from 2.5 ms on freely:
    // m0 leaves at 1 ms, m1 has 500 bytes left at 1.5 ms and leaves at 2.5 ms, as do m2 and m3
    // then.
    LinkFault fault = new LinkFault(SENDER_1, NODE_1, new LinkFault.Narrow(0.5e6));
    NetworkPlan network = narrow(List.of(), constant(1).bandwidth(1e6), 100_000);
    List<String> lines =
        fan(
            network,
            FAST,
            4,
            1,
            engine -> {
              World.run(engine, Duration.ofNanos(1_500_000));
              engine.applyLinkFault("narrow", fault);
              engine.applyLinkFault("wider", new LinkFault(SENDER_1, NODE_1, narrowTo(0.8e6)));
              World.run(engine, Duration.ofNanos(2_600_000));
              engine.liftLinkFaults("narrow");
              engine.liftLinkFaults("wider");
            });
    // m2 has gone at 0.5 MB/s for 0.1 ms when it is lifted: 950 bytes are left, then 1,000.
    assertThat(times(lines, "node-1", "sender-1"))
        .containsExactly("PT0.002S", "PT0.0035S", "PT0.00455S", "PT0.00555S");
    assertThat(times(lines, "node-2", "sender-1"))
        .containsExactly("PT0.002S", "PT0.003S", "PT0.004S", "PT0.005S");
  }

  private static LinkFault.Narrow narrowTo(double bytesPerSecond) {
    return new LinkFault.Narrow(bytesPerSecond);
  }

  @Test
  void aFaultNarrowsALinkThatHadNoLimit() {
    LinkFault fault = new LinkFault(HostSet.ALL, NODE_1, narrowTo(1e6));
    List<String> lines = new ArrayList<>();
    MessageCounts[] counts = new MessageCounts[1];
    LinkProfile link = constant(1);
    World world =
        World.of()
            .network(World.still(link, 100_000))
            .running(
                "sender",
                1,
                env ->
                    Behaviors.withTimers(
                        timers -> {
                          timers.startTimerAtFixedRate("tick", Duration.ofMillis(10));
                          return Behaviors.receiveMessage(
                              tick -> {
                                env.send(World.main("node-1"), new Word("a", 4_000));
                                env.send(World.main("node-1"), new Word("b", 4_000));
                                return Behaviors.same();
                              });
                        }))
            .<Word>running(
                "node",
                1,
                env ->
                    Behaviors.receiveMessage(
                        word -> {
                          lines.add(env.now() + " " + word.text());
                          return Behaviors.same();
                        }));
    try (Engine engine = World.run(world.start(), Duration.ofMillis(15))) {
      engine.applyLinkFault("narrow", fault);
      World.run(engine, Duration.ofMillis(25)); // a left at 24 ms, b has 3,000 bytes left
      assertThat(engine.messages().inFlight()).as("one before the link, one on it").isEqualTo(2);
      engine.liftLinkFaults("narrow");
      World.run(engine, Duration.ofMillis(35));
      counts[0] = engine.messages();
    }
    assertThat(lines)
        .containsExactly(
            "PT0.011S a", "PT0.011S b", "PT0.025S a", "PT0.026S b", "PT0.031S a", "PT0.031S b");
    assertThat(counts[0].missing()).isZero();
  }

  @Test
  void aCutThatComesWhileAMessageWaitsBeforeItsLinkSwallowsIt() {
    List<String> lines =
        fan(
            narrow(List.of(), constant(1).bandwidth(1e6), 100_000),
            FAST,
            2,
            1,
            engine -> {
              World.run(engine, Duration.ofNanos(1_500_000));
              engine.applyLinkFault(
                  "cut", new LinkFault(HostSet.ALL, NODE_1, new LinkFault.Swallow()));
            });
    assertThat(times(lines, "node-1", "sender-1")).containsExactly("PT0.002S");
    assertThat(times(lines, "node-2", "sender-1")).containsExactly("PT0.002S", "PT0.003S");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void narrowLinksAreTheSameForAnyNumberOfShards(int shards) {
    Consumer<Engine> steps =
        engine -> {
          World.run(engine, Duration.ofMillis(10));
          engine.applyLinkFault("narrow", new LinkFault(HostSet.ALL, NODE_1, narrowTo(0.3e6)));
          engine.bandwidth("sender-2", 0.7e6);
          World.run(engine, Duration.ofMillis(30));
          engine.crashHost("sender-1");
          engine.liftLinkFaults("narrow");
        };
    NetworkPlan network =
        narrow(
            List.of(new LinksBetween(SENDER_1, HostSet.ALL, constant(2).bandwidth(0.9e6))),
            LinkProfile.of(Duration.ofMillis(1), Duration.ofNanos(900_000)).bandwidth(1.1e6),
            30_000);
    List<String> one = fan(network, 3e6, 50, 1, steps);
    assertThat(one).hasSizeGreaterThan(50);
    assertThat(fan(network, 3e6, 50, shards, steps)).isEqualTo(one);
  }

  // ---- which link

  private static NetworkPlan zones() {
    HostSet near = new HostSet.Entry("near");
    return new NetworkPlan(
        constant(10),
        List.of(
            new LinksBetween(near, HostSet.ALL, constant(20)),
            new LinksBetween(HostSet.ALL, new HostSet.Zone("b"), constant(30)),
            new LinksBetween(new HostSet.Zone("a"), new HostSet.Zone("a"), constant(40)),
            new LinksBetween(new HostSet.Named(Set.of("far-1")), near, constant(50)),
            new LinksBetween(HostSet.ALL, new HostSet.Not(new HostSet.Named(all())), constant(60))),
        DurationDistribution.constant(Duration.ofNanos(50_000)),
        NetworkPlan.SYN_RETRANSMITS,
        NetworkPlan.INTERFACE_BUFFER_BYTES);
  }

  private static TreeSet<String> all() {
    return new TreeSet<>(
        Set.of("near-1", "near-2", "near-3", "far-1", "far-2", "far-3", "other-1", "other-2"));
  }

  @ParameterizedTest
  @CsvSource({
    "other-1, far-3, 10", // no rule: other-1 stands in no zone that counts, far-3 in c
    "near-1, far-3, 20", // from near
    "near-1, near-2, 30", // near-2 stands in b: the later rule counts
    "near-1, far-1, 40", // both stand in a
    "far-1, near-2, 50", // by name
    "far-2, near-3, 10", // no rule
    "near-1, other-3, 60", // all but those named
  })
  void ofTheRulesThatFitTheLastCounts(String from, String to, long millis) {
    List<Long> delays = new ArrayList<>();
    Consumer<Boot> boot =
        host ->
            host.start(
                "main",
                ProcessSpec.<Object>of(
                    env ->
                        Behaviors.setup(
                            context -> {
                              if (env.host().name().equals(from)) {
                                env.send(World.main(to), new Word("x"));
                              }
                              return Behaviors.receiveMessage(
                                  word -> {
                                    delays.add(env.nowNanos() / 1_000_000);
                                    return Behaviors.same();
                                  });
                            })));
    World world = World.of().network(zones());
    for (String name : List.of("near", "far", "other")) {
      List<String> zones = name.equals("other") ? List.of("x", "y", "z") : List.of("a", "b", "c");
      world.entry(
          new Entry(
              name,
              placement -> {
                placement.without().template("host", HostSpec.cores(1), boot);
                placement.without().replicas("host");
              },
              3,
              zones));
    }
    try (Engine engine = World.run(world.start(), Duration.ofSeconds(1))) {
      assertThat(engine.hosts()).hasSize(9);
    }
    assertThat(delays).containsExactly(millis);
  }
}
