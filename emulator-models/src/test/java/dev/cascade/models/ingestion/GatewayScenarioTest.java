package dev.cascade.models.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.world.Asker;
import dev.cascade.models.world.Receiver;
import dev.cascade.models.world.Receiver.Mood;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Outcome;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a load-balancer node lets in, and where that goes. */
class GatewayScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Address EDGE = Address.of("edge-1", GatewayModel.PROCESS);

  private final Receiver servers = new Receiver("ingestion");
  private final Asker asker = new Asker();

  private TestWorld world(String... open) {
    GatewayConfig config =
        new GatewayConfig(
            "ingestion",
            List.of(open),
            "/health",
            DurationDistribution.constant(Duration.ofNanos(20_000)),
            SECOND.multipliedBy(5));
    return TestWorld.start(
        1, servers.entry(3), TestWorld.entry("edge", new GatewayModel(), config, 1), asker.entry());
  }

  private Outcome ask(TestWorld world, String path) {
    return asker.askNow(world, EDGE, SECOND, to -> new HttpRequest(path, to));
  }

  private static void send(TestWorld world, Datagram datagram) {
    world.engine().command(EDGE, datagram, Duration.ZERO);
    world.runFor(SECOND);
  }

  private static long batches(TestWorld world, String result) {
    return world.count("gateway_batches_total", "result=\"" + result + "\"");
  }

  /** The wrong profile: well in the eyes of those who check from inside, and shut to customers. */
  @Test
  void aNodeWithTheWrongFirewallIsHealthyAndSwallowsEveryProtocol() {
    try (TestWorld world = world()) {
      assertThat(Asker.message(ask(world, "/health"))).isEqualTo(HttpResponse.OK);
      for (String path : List.of("/line", "/http", "/statsd")) {
        assertThat(ask(world, path)).as(path).isInstanceOf(Outcome.TimedOut.class);
      }
      send(world, new Datagram("/udp", 60));

      assertThat(servers.arrivals()).isEmpty();
      assertThat(batches(world, "swallowed")).isEqualTo(4);
      assertThat(batches(world, "forwarded")).isZero();
    }
  }

  @Test
  void whatIsOpenGoesToTheServersInTurnAndNothingElseDoes() {
    try (TestWorld world = world("/line", "/udp")) {
      for (int i = 0; i < 5; i++) {
        assertThat(Asker.message(ask(world, "/line"))).isEqualTo(HttpResponse.OK);
      }
      send(world, new Datagram("/udp", 60));
      assertThat(ask(world, "/http")).isInstanceOf(Outcome.TimedOut.class);

      for (int host = 1; host <= 3; host++) {
        String name = "ingestion-" + host;
        assertThat(servers.arrivals()).filteredOn(to -> to.host().equals(name)).hasSize(2);
      }
      assertThat(servers.arrivals("/udp")).hasSize(1);
      assertThat(batches(world, "forwarded")).isEqualTo(6);
      assertThat(batches(world, "swallowed")).isEqualTo(1);
    }
  }

  /** It looks into nothing, and heals nothing: the client learns what the server says. */
  @Test
  void theAnswerIsTheServers() {
    try (TestWorld world = world("/line")) {
      for (int host = 1; host <= 3; host++) {
        servers.become(world, host, Mood.SICK);
      }
      world.runFor(SECOND);

      assertThat(Asker.message(ask(world, "/line"))).isEqualTo(HttpResponse.SERVICE_UNAVAILABLE);
    }
  }

  /** One of three servers in turn is sick, and one silent: two of three datagrams are nowhere. */
  @Test
  void aDatagramThatNoServerTakesIsCounted() {
    try (TestWorld world = world("/udp")) {
      servers.become(world, 1, Mood.SICK);
      servers.become(world, 2, Mood.SILENT);
      world.runFor(SECOND);
      for (int i = 0; i < 6; i++) {
        send(world, new Datagram("/udp", 60));
      }
      world.runFor(SECOND.multipliedBy(5)); // after which a silent server is not waited for

      assertThat(batches(world, "forwarded")).isEqualTo(6);
      assertThat(world.count("gateway_datagrams_lost_total")).isEqualTo(4);
    }
  }
}
