package dev.cascade.models.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Outcome;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Ratio;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** What a provider does with moves, and what happens to those who come by an address meanwhile. */
class ProviderScenarioTest {
  private static final Address API = Address.of("hoster-1", ProviderApi.PROCESS);
  private static final Duration MOVE = Duration.ofSeconds(50);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A host that tells its own name to who asks, and asks who it is told to. */
  private static final class Peer implements Model<Peer.Config> {
    static final String PROCESS = "peer";

    /** Nothing to choose. */
    record Config() {}

    record WhoAreYou(ReplyTo replyTo) implements WireRequest {}

    record IAm(String host) implements WireMessage {}

    record Ask(Address whom) implements WireMessage {}

    record Move(String vip, String to) implements WireMessage {}

    private record Ended(String what, Outcome outcome) implements WireMessage {}

    @Override
    public String name() {
      return "peer";
    }

    @Override
    public String summary() {
      return "Asks, and tells its name.";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public void place(Placement<Config> placement) {
      placement.template(
          "peer", HostSpec.cores(1), boot -> boot.start(PROCESS, ProcessSpec.of(Peer::behavior)));
      placement.serves("peer", PROCESS);
      placement.replicas("peer");
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of();
    }

    private static Behavior<WireMessage> behavior(Env<WireMessage> env) {
      return Behaviors.receiveMessage(
          message -> {
            if (message instanceof WhoAreYou ask) {
              env.reply(ask.replyTo(), new IAm(env.host().name()));
            } else if (message instanceof Ask ask) {
              env.request(ask.whom(), WhoAreYou::new, SECOND, out -> new Ended("told", out));
            } else if (message instanceof Move move) {
              env.request(
                  API,
                  to -> new ProviderCall.MoveVip(move.vip(), Address.of(move.to(), PROCESS), to),
                  Duration.ofMinutes(10),
                  out -> new Ended("moved", out));
            } else if (message instanceof Ended ended) {
              env.metrics().counter(ended.what(), "by", said(ended.outcome())).increment();
            }
            return Behaviors.same();
          });
    }

    private static String said(Outcome outcome) {
      if (!(outcome instanceof Outcome.Reply reply)) {
        return "nobody";
      }
      if (reply.message() instanceof IAm iAm) {
        return iAm.host();
      }
      return reply.message() instanceof ProviderReply.NotMoved no
          ? Integer.toString(no.status())
          : "200";
    }
  }

  private static TestWorld world(int parallel, int quota) {
    return world(parallel, quota, 0);
  }

  /** Two moves may wait. */
  private static TestWorld world(int parallel, int quota, double errors) {
    DurationDistribution move = DurationDistribution.constant(MOVE);
    DurationDistribution swallow = DurationDistribution.constant(Duration.ofSeconds(3));
    TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("a", new Peer(), new Peer.Config(), 2),
            TestWorld.entry("b", new Peer(), new Peer.Config(), 2),
            TestWorld.entry("customer", new Peer(), new Peer.Config(), 1),
            TestWorld.entry("vip", new VirtualIpModel(), new VirtualIpConfig("a"), 4),
            TestWorld.entry(
                "hoster",
                new ProviderModel(),
                new ProviderConfig(
                    "vip",
                    move,
                    swallow,
                    parallel,
                    2,
                    quota,
                    new Ratio(errors),
                    SECOND.multipliedBy(5)),
                1));
    world.runFor(SECOND);
    return world;
  }

  private static void tell(TestWorld world, WireMessage message) {
    world.engine().command(Address.of("customer-1", Peer.PROCESS), message, Duration.ZERO);
  }

  private static void move(TestWorld world, String vip, String to) {
    tell(world, new Peer.Move(vip, to));
    world.runFor(Duration.ofMillis(100));
  }

  private static long moved(TestWorld world, String status) {
    return world.count("moved", "by=\"" + status + "\"");
  }

  private static void ask(TestWorld world, String vip) {
    tell(world, new Peer.Ask(Address.of(vip, VirtualIp.PROCESS)));
    world.runFor(SECOND.multipliedBy(2));
  }

  private static long told(TestWorld world, String host) {
    return world.count("told", "by=\"" + host + "\"");
  }

  @Test
  void anAddressLeadsToOneHostEachAndAnotherAfterItsMove() {
    try (TestWorld world = world(1, 50)) {
      ask(world, "vip-1");
      ask(world, "vip-2");
      ask(world, "vip-3");
      assertThat(told(world, "a-1")).isEqualTo(2); // dealt out in turn
      assertThat(told(world, "a-2")).isEqualTo(1);
      assertThat(world.gauge("vip_away")).isZero();

      move(world, "vip-1", "b-2");
      world.runFor(MOVE.plusSeconds(5));
      ask(world, "vip-1");
      assertThat(told(world, "b-2")).isEqualTo(1);
      assertThat(world.gauge("vip_away")).isEqualTo(1);
      assertThat(moved(world, "200")).isEqualTo(1);
    }
  }

  @Test
  void aChangeOfTheRouteSwallowsWhatComesForThreeSeconds() {
    try (TestWorld world = world(1, 50)) {
      move(world, "vip-1", "b-1");
      world.runFor(MOVE.minusMillis(2_100)); // 50.0 s after it was asked
      ask(world, "vip-1"); // still the old way, until 50.1 s or so
      world.runFor(Duration.ofMillis(200));
      ask(world, "vip-1");
      world.runFor(SECOND);
      ask(world, "vip-1");

      assertThat(told(world, "a-1")).isEqualTo(1);
      assertThat(told(world, "nobody")).isEqualTo(1);
      assertThat(told(world, "b-1")).isEqualTo(1);
      assertThat(world.count("vip_messages_total", "result=\"swallowed\"")).isEqualTo(1);
    }
  }

  @Test
  void movesAreMadeOneAfterTheOther() {
    try (TestWorld world = world(1, 50)) {
      move(world, "vip-1", "b-1");
      move(world, "vip-2", "b-1");
      move(world, "vip-3", "b-1");
      assertThat(world.gauge("provider_moves_open")).isEqualTo(3);
      for (int done = 0; done <= 3; done++) {
        assertThat(moved(world, "200")).isEqualTo(done);
        world.runFor(MOVE);
      }
      assertThat(world.gauge("provider_moves_open")).isZero();
    }
  }

  @Test
  void asManyAtOnceAsTheProviderTakes() {
    try (TestWorld world = world(3, 50)) {
      move(world, "vip-1", "b-1");
      move(world, "vip-2", "b-1");
      move(world, "vip-3", "b-1");
      world.runFor(MOVE.plusSeconds(1));
      assertThat(moved(world, "200")).isEqualTo(3);
    }
  }

  @Test
  void whatIsBeingMovedCannotBeMovedAndWhatIsNotThereNeither() {
    try (TestWorld world = world(1, 50)) {
      move(world, "vip-1", "b-1");
      move(world, "vip-1", "b-2");
      move(world, "vip-9", "b-2");

      assertThat(moved(world, "409")).isEqualTo(1);
      assertThat(moved(world, "404")).isEqualTo(1);
    }
  }

  /** One is under way, and two wait: where the fourth would, it is turned away. */
  @Test
  void moreThanMayWaitIsTurnedAway() {
    try (TestWorld world = world(1, 50)) {
      for (int vip = 1; vip <= 4; vip++) {
        move(world, "vip-" + vip, "b-1");
      }
      assertThat(moved(world, "429")).isEqualTo(1);
      assertThat(world.gauge("provider_moves_open")).isEqualTo(3);

      world.runFor(MOVE);
      move(world, "vip-4", "b-1"); // there is room again
      world.runFor(MOVE.multipliedBy(3));
      assertThat(moved(world, "200")).isEqualTo(4);
    }
  }

  @Test
  void whatLeadsThereAlreadyIsDoneAtOnceAndNotCounted() {
    try (TestWorld world = world(1, 1)) {
      move(world, "vip-1", "a-1");
      move(world, "vip-1", "a-1");
      assertThat(moved(world, "200")).isEqualTo(2);

      move(world, "vip-1", "b-1"); // the one of this hour
      world.runFor(MOVE.plusSeconds(1));
      assertThat(moved(world, "200")).isEqualTo(3);
      assertThat(moved(world, "429")).isZero();
    }
  }

  @Test
  void anInterfaceThatStumblesMovesNothing() {
    try (TestWorld world = world(1, 1, 1)) {
      move(world, "vip-1", "b-1");
      move(world, "vip-2", "b-1");
      world.runFor(MOVE.multipliedBy(2));

      assertThat(moved(world, "503")).isEqualTo(2); // and neither counts against the quota of one
      assertThat(moved(world, "200")).isZero();
    }
  }

  /** The quota counts what was taken in the last hour; after that it is free again. */
  @Test
  void moreThanTheQuotaOfAnHourIsTurnedAway() {
    try (TestWorld world = world(3, 2)) {
      move(world, "vip-1", "b-1");
      move(world, "vip-2", "b-1");
      move(world, "vip-3", "b-1");
      assertThat(moved(world, "429")).isEqualTo(1);

      world.runFor(Duration.ofHours(1));
      move(world, "vip-3", "b-1");
      world.runFor(MOVE.plusSeconds(1));
      assertThat(moved(world, "200")).isEqualTo(3);
    }
  }
}
