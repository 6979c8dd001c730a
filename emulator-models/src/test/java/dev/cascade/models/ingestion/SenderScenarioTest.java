package dev.cascade.models.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.engine.Entry;
import dev.cascade.engine.MessageCounts;
import dev.cascade.models.world.Receiver;
import dev.cascade.models.world.Receiver.Arrival;
import dev.cascade.models.world.Receiver.Mood;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Rate;
import dev.cascade.node.Size;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How measurements leave their senders, and what becomes of those that cannot. */
class SenderScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int RATE = 30;

  private final Receiver server = new Receiver("ingestion");

  private static Patience patience(Duration buffer) {
    return new Patience(SECOND.multipliedBy(5), SECOND, SECOND.multipliedBy(30), buffer);
  }

  private static Entry sender(
      String path, int hosts, Duration flushEvery, boolean acknowledged, Duration buffer) {
    SenderConfig config =
        new SenderConfig(
            "edge",
            path,
            Rate.parse(RATE + "/s"),
            flushEvery,
            acknowledged,
            patience(buffer),
            new Size(60));
    return TestWorld.entry(path.substring(1), new SenderModel(), config, hosts);
  }

  private TestWorld world(Entry... senders) {
    GatewayConfig edge =
        new GatewayConfig(
            "ingestion",
            List.of("/line", "/http", "/statsd", "/udp"),
            "/health",
            DurationDistribution.constant(Duration.ofNanos(20_000)),
            SECOND.multipliedBy(5));
    Entry[] all = new Entry[senders.length + 2];
    all[0] = server.entry(1);
    all[1] = TestWorld.entry("edge", new GatewayModel(), edge, 1);
    System.arraycopy(senders, 0, all, 2, senders.length);
    return TestWorld.start(1, all);
  }

  /** One program that sends each second. */
  private TestWorld lines(Duration buffer) {
    return world(sender("/line", 1, SECOND, true, buffer));
  }

  private static long points(TestWorld world, String sender, String result) {
    return world.count(
        "sender_points_total", "sender=\"" + sender + "\"", "result=\"" + result + "\"");
  }

  private static long made(TestWorld world) {
    return points(world, "line", "ok") + points(world, "line", "failed");
  }

  /**
   * In two minutes each host sends in its own phase 120 batches, of a second's points, or 12, of
   * ten seconds'. At the end one batch of each of the two hosts may be under way.
   */
  @Test
  void overEachProtocolAllPointsArrive() {
    try (TestWorld world =
        world(
            sender("/line", 2, SECOND, true, MINUTE),
            sender("/http", 2, SECOND, true, MINUTE),
            sender("/statsd", 2, SECOND.multipliedBy(10), true, MINUTE),
            sender("/udp", 2, SECOND, false, MINUTE))) {
      world.runFor(MINUTE.multipliedBy(2));

      assertThat(points(world, "line", "ok")).isBetween(120L * RATE - RATE, 120L * RATE);
      assertThat(points(world, "http", "ok")).isBetween(120L * RATE - RATE, 120L * RATE);
      assertThat(points(world, "statsd", "ok")).isBetween(120L * RATE - 10 * RATE, 120L * RATE);
      assertThat(points(world, "udp", "sent")).isEqualTo(120L * RATE);
      assertThat(server.arrivals("/line")).hasSizeBetween(238, 240);
      assertThat(server.arrivals("/statsd")).hasSizeBetween(22, 24);
      assertThat(server.arrivals("/udp")).hasSizeBetween(238, 240);
      assertThat(world.count("sender_points_total", "result=\"failed\"")).isZero();
    }
  }

  /** The answers come at once, a few milliseconds after the attempt. */
  @Test
  void aBatchThatFailsIsTriedAgainAfterWaitsThatDouble() {
    try (TestWorld world = lines(MINUTE.multipliedBy(10))) {
      server.become(world, 1, Mood.SICK);
      world.runFor(MINUTE.multipliedBy(2));

      List<Arrival> attempts = server.arrivals("/line");
      assertThat(attempts).hasSizeGreaterThanOrEqualTo(7);
      double[] waits = {1, 2, 4, 8, 16, 30};
      for (int i = 0; i < waits.length; i++) {
        assertThat(attempts.get(i + 1).seconds() - attempts.get(i).seconds())
            .isCloseTo(waits[i], within(0.01));
      }
      assertThat(points(world, "line", "ok")).isZero();
    }
  }

  /** All that was made meanwhile waits behind the first that failed, and is late with it. */
  @Test
  void whatWaitedIsCaughtUpWithAndWhatComesAfterIsOnTime() {
    try (TestWorld world = lines(MINUTE.multipliedBy(10))) {
      world.runFor(SECOND.multipliedBy(10));
      server.become(world, 1, Mood.SICK);
      world.runFor(MINUTE);
      long late = points(world, "line", "failed");
      assertThat(late).isBetween(58L * RATE, 60L * RATE);
      assertThat(world.count("sender_points_caught_up_total")).isZero();

      server.become(world, 1, Mood.WELL);
      world.runFor(MINUTE); // the next attempt is at most 30 s away

      long failed = points(world, "line", "failed");
      assertThat(failed).isBetween(late, late + 31L * RATE);
      assertThat(world.count("sender_points_caught_up_total")).isEqualTo(failed);
      assertThat(world.count("sender_points_dropped_total")).isZero();
      assertThat(made(world)).isBetween(129L * RATE, 130L * RATE);
    }
  }

  /**
   * While nobody answers, batches older than a minute go. Once somebody does, what is left is that
   * of the last minute, one batch more or less, the one that was under way included.
   */
  @Test
  void whatGetsTooOldIsDroppedAndCounted() {
    try (TestWorld world = lines(MINUTE)) {
      server.become(world, 1, Mood.SILENT);
      world.runFor(MINUTE.multipliedBy(4));
      assertThat(world.count("sender_points_dropped_total"))
          .isBetween(4L * 60 * RATE - 62 * RATE, 4L * 60 * RATE - 60 * RATE);

      server.become(world, 1, Mood.WELL);
      world.runFor(MINUTE);

      long dropped = world.count("sender_points_dropped_total");
      long caughtUp = world.count("sender_points_caught_up_total");
      assertThat(caughtUp).isBetween(60L * RATE, 62L * RATE);
      assertThat(caughtUp + dropped).isEqualTo(points(world, "line", "failed"));
      assertThat(world.engine().messages().dropped())
          .hasEntrySatisfying(
              new MessageCounts.Drop("line/sender", "Batch", "too-old"),
              count -> assertThat(count * RATE).isEqualTo(dropped));
    }
  }

  @Test
  void overUdpNobodyKnowsAndNothingIsSentAgain() {
    try (TestWorld world = world(sender("/udp", 1, SECOND, false, MINUTE))) {
      server.become(world, 1, Mood.SILENT);
      world.runFor(MINUTE);

      assertThat(points(world, "udp", "sent")).isEqualTo(60L * RATE);
      assertThat(points(world, "udp", "failed")).isZero();
      assertThat(server.arrivals("/udp")).hasSizeBetween(59, 60);
      assertThat(world.count("sender_points_dropped_total")).isZero();
    }
  }
}
