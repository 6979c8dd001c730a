package dev.cascade.engine;

import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.network.LinkProfile;
import dev.cascade.network.LinksBetween;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Cost;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A world in which everything happens: hosts that gossip, ask, answer, forward, refuse, log, fail
 * and are supervised, with small mailboxes of all kinds, while a fleet comes and goes and faults
 * strike that are drawn from a seed.
 */
final class Turmoil {
  private static final int NODES = 7;
  private static final Duration STEP_MAX = Duration.ofMillis(60);

  private Turmoil() {}

  // ---- the world

  static Engine world(long seed, int shards) {
    RandomStream draw = RandomStream.of(seed).fork("world");
    NetworkPlan network =
        new NetworkPlan(
            new LinkProfile(
                DurationDistribution.exponential(Duration.ofMillis(1)),
                Duration.ZERO,
                Duration.ofNanos(200_000),
                draw.nextDouble() * 0.05,
                draw.nextDouble() * 0.05),
            links(draw),
            NetworkPlan.LOOPBACK,
            List.of(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(700)),
            20_000);
    World world = World.of().seed(seed).shards(shards).network(network);
    if (seed % 4 == 0) {
      world.checked();
    }
    return world.hosts("node", NODES, spec(draw), boot -> boot(boot, draw.fork("node"))).start();
  }

  /** In every second world some links are slower than others, and narrow. */
  private static List<LinksBetween> links(RandomStream draw) {
    LinkProfile narrow =
        LinkProfile.of(Duration.ofMillis(2), Duration.ofMillis(1))
            .bandwidth(5_000 + draw.nextDouble() * 60_000);
    HostSet some = new HostSet.Named(Set.of("node-1", "node-2", "extra-1"));
    return draw.chance(0.5) ? List.of(new LinksBetween(some, HostSet.ALL, narrow)) : List.of();
  }

  /** The same hosts without faults and fleet, and maybe one that has nothing to do with them. */
  static Engine gossip(long seed, boolean withHermit) {
    World world =
        World.of().seed(seed).hosts("node", NODES, boot -> boot(boot, RandomStream.of(seed)));
    if (withHermit) {
      world.hosts(
          "hermit",
          1,
          boot -> boot.start("log", ProcessSpec.<Object>of(env -> Behaviors.ignore())));
    }
    return world.start();
  }

  private static HostSpec spec(RandomStream draw) {
    HostSpec.CpuDiscipline[] disciplines = HostSpec.CpuDiscipline.values();
    return HostSpec.cores(1 + draw.nextInt(2))
        .discipline(disciplines[draw.nextInt(disciplines.length)])
        .bandwidth(draw.chance(0.5) ? Double.POSITIVE_INFINITY : 200_000);
  }

  private static void boot(Boot boot, RandomStream kinds) {
    RandomStream draw = kinds.fork(boot.host().name());
    List<Address> peers = new ArrayList<>(boot.addresses("node"));
    Overflow[] rules = Overflow.values();
    boot.start(
        "main",
        ProcessSpec.<Object>of(env -> Peer.create(env, peers))
            .mailbox(2 + draw.nextInt(6), rules[draw.nextInt(rules.length)])
            .cost(message -> message instanceof Word word ? cost(word) : Cost.FREE)
            .lanes(message -> message instanceof Word ? 3 : 1)
            .cpuLimit(draw.chance(0.3) ? 0.7 : Double.POSITIVE_INFINITY));
    boot.start(
        "log",
        ProcessSpec.<Word>of(env -> Behaviors.receiveMessage(word -> Behaviors.same()))
            .mailbox(1 + draw.nextInt(3), rules[draw.nextInt(rules.length)])
            .cost(Turmoil::cost));
    if (boot.host().name().equals("node-1")) {
      boot.start("boss", ProcessSpec.<Object>of(Boss::create));
    }
  }

  private static Cost cost(Word word) {
    return Cost.of(
        Duration.ofNanos(100_000L * (1 + word.text().length() % 5)),
        Duration.ofNanos(word.text().length() % 3 == 0 ? 500_000 : 0));
  }

  private static Cost clerksCost(Object message) {
    return message instanceof Word.Ask
        ? Cost.of(Duration.ofNanos(300_000), Duration.ofMillis(2))
        : Cost.FREE;
  }

  private record Came(Outcome outcome) {}

  private record Later(Word.Ask ask) {}

  /** Does a little of everything, whenever its timer says so. */
  private static final class Peer extends AbstractBehavior<Object> {
    private final Env<Object> env;
    private final List<Address> peers;
    private final TimerScheduler<Object> timers;
    private final RandomStream random;
    private final ActorRef<Object> helper;

    private int sent;

    static Behavior<Object> create(Env<Object> env, List<Address> peers) {
      return Behaviors.withTimers(timers -> new Peer(env, peers, timers));
    }

    private Peer(Env<Object> env, List<Address> peers, TimerScheduler<Object> timers) {
      super(env.context());
      this.env = env;
      this.peers = peers;
      this.timers = timers;
      this.random = env.random("turmoil");
      this.helper = getContext().spawn(supervised(), "helper");
      env.spawn(
          "clerk",
          ProcessSpec.<Object>of(Peer::clerk)
              .mailbox(3, Overflow.REFUSE)
              .cost(Turmoil::clerksCost));
      tick();
    }

    /** A child that is asked by itself, hands some questions up, and has last words. */
    private static Behavior<Object> clerk(Env<Object> env) {
      RandomStream random = env.random("clerk");
      return Behaviors.setup(
          context ->
              Behaviors.receive(Object.class)
                  .onMessage(
                      Word.Ask.class,
                      ask -> {
                        if (random.chance(0.05)) {
                          return Behaviors.stopped();
                        } else if (random.chance(0.8)) {
                          env.reply(ask.replyTo(), new Word("from the clerk", 500));
                        } else {
                          context.scheduleOnce(
                              Duration.ofMillis(2), context.getSelf(), new Later(ask));
                        }
                        return Behaviors.same();
                      })
                  .onMessage(
                      Later.class,
                      later -> {
                        env.reply(later.ask().replyTo(), new Word("at last", 500));
                        return Behaviors.same();
                      })
                  .onAnyMessage(other -> Behaviors.same())
                  .onSignal(
                      PostStop.class,
                      signal -> {
                        env.send(Address.of(env.host().name(), "log"), new Word("the end"));
                        env.disk(Disk.Lifetime.MACHINE).write("end", env.nowNanos());
                        return Behaviors.same();
                      })
                  .build());
    }

    /** Fails on every seventh word, planned, and starts over. */
    private static Behavior<Object> supervised() {
      return Behaviors.supervise(
              Behaviors.<Object>setup(
                  context -> {
                    int[] words = new int[1];
                    return Behaviors.receiveMessage(
                        message -> {
                          if (++words[0] == 7) {
                            throw new IllegalArgumentException("planned");
                          }
                          return Behaviors.same();
                        });
                  }))
          .onFailure(
              IllegalArgumentException.class,
              SupervisorStrategy.restartWithBackoff(
                  Duration.ofMillis(1), Duration.ofMillis(20), 0.0));
    }

    private void tick() {
      timers.startSingleTimer("tick", Duration.ofNanos(200_000 + random.nextLong(4_000_000)));
    }

    @Override
    public Receive<Object> createReceive() {
      return newReceiveBuilder()
          .onMessageEquals("tick", this::onTick)
          .onMessage(Word.class, this::onWord)
          .onMessage(Word.Ask.class, this::onAsk)
          .onMessage(Later.class, this::onLater)
          .onAnyMessage(other -> this)
          .build();
    }

    private Behavior<Object> onTick() {
      tick();
      for (int i = random.nextInt(3); i >= 0; i--) {
        act();
      }
      return this;
    }

    private void act() {
      Address peer = random.pick(peers);
      switch (random.nextInt(6)) {
        case 0, 1 -> env.send(peer, word());
        case 2 ->
            env.request(
                random.chance(0.3) ? peer.child("clerk") : peer,
                to -> new Word.Ask(to, word().text()),
                Duration.ofNanos(1_000_000L + random.nextLong(400_000_000)),
                Came::new);
        case 3 -> env.send(Address.of(env.host().name(), "log"), word());
        case 4 -> helper.tell(word());
        default ->
            getContext()
                .spawnAnonymous(
                    Behaviors.receiveMessage(
                        message -> {
                          helper.tell(message);
                          return Behaviors.stopped();
                        }))
                .tell(word());
      }
    }

    private Word word() {
      return new Word("w".repeat(1 + random.nextInt(8)) + sent++, 100 + random.nextInt(1000));
    }

    private Behavior<Object> onWord(Word word) {
      if (random.chance(0.3)) {
        env.send(random.pick(peers), word);
      }
      return this;
    }

    private Behavior<Object> onAsk(Word.Ask ask) {
      switch (random.nextInt(6)) {
        case 0 -> env.refuse(ask, "moody");
        case 1 -> env.discard(ask, "moody");
        case 2 -> env.forward(random.pick(peers), ask);
        case 3 -> timers.startSingleTimer(ask, new Later(ask), Duration.ofMillis(3));
        case 4 -> helper.tell(ask); // and never answers
        default -> env.reply(ask.replyTo(), word());
      }
      return this;
    }

    private Behavior<Object> onLater(Later later) {
      env.reply(later.ask().replyTo(), word());
      return this;
    }
  }

  /** Rents hosts and returns them, not always in order. */
  private static final class Boss {
    private Boss() {}

    static Behavior<Object> create(Env<Object> env) {
      return Behaviors.withTimers(
          timers -> {
            RandomStream random = env.random("fleet");
            Disk disk = env.disk(Disk.Lifetime.MACHINE);
            timers.startTimerAtFixedRate("tick", Duration.ofMillis(20));
            return Behaviors.receiveMessage(
                tick -> {
                  int hired = disk.read("hired", Integer.class).orElse(0);
                  if (random.chance(0.6)) {
                    disk.write("hired", hired + 1);
                    hire(env, hired + 1, random);
                  } else if (hired > 0) {
                    env.fleet().terminate("extra-" + (1 + random.nextInt(hired)));
                  }
                  return Behaviors.same();
                });
          });
    }

    private static void hire(Env<Object> env, int number, RandomStream random) {
      env.fleet()
          .launch(
              "host",
              "extra-" + number,
              "",
              Duration.ofNanos(random.nextLong(50_000_000)),
              Map.of("number", String.valueOf(number)));
    }
  }

  // ---- what befalls it

  /** Lets faults strike for a while; the same seed lets the same faults strike. */
  static void strike(Engine engine, long seed, Duration until, Runnable afterEach) {
    RandomStream draw = RandomStream.of(seed).fork("faults");
    int launched = 0;
    long now = 0;
    while (now < until.toNanos() && engine.failure() == null) {
      now += 1 + draw.nextLong(STEP_MAX.toNanos());
      engine.runUntil(now);
      List<HostInfo> hosts = engine.hosts();
      String host = draw.pick(hosts).name();
      Address process = Address.of(host, draw.pick(List.of("main", "main", "log", "main/clerk")));
      boolean flip = draw.chance(0.5);
      switch (draw.nextInt(18)) {
        case 0 -> engine.crashHost(host);
        case 1 -> hosts.forEach(down -> engine.bootHost(down.name()));
        case 2 -> engine.crashProcess(process);
        case 3 -> hosts.forEach(all -> engine.startProcess(Address.of(all.name(), "main")));
        case 4 -> engine.pauseHost(host, flip);
        case 5 -> engine.pauseProcess(process, flip);
        case 6 ->
            engine.applyLinkFault("cut", new LinkFault(set(draw, hosts), HostSet.ALL, cut(flip)));
        case 7 -> engine.liftLinkFaults("");
        case 8 ->
            engine.applyLinkFault("ail", new LinkFault(HostSet.ALL, set(draw, hosts), ill(draw)));
        case 9 -> engine.stealCores(host, draw.nextDouble() * 2);
        case 10 -> engine.skewClock(host, Duration.ofMillis(draw.nextInt(100)));
        case 11 ->
            engine.launch(
                new HostInfo("late-" + ++launched, "", "node", "host"),
                Map.of(),
                Duration.ofMillis(draw.nextInt(10)));
        case 12 -> engine.terminate("late-" + (1 + draw.nextInt(launched + 1)), Duration.ZERO);
        case 13 -> engine.standingDemand(host, draw.nextDouble() * 3);
        case 14 -> engine.bandwidth(host, 50_000 + draw.nextDouble() * 1e6);
        default -> heal(engine, hosts);
      }
      afterEach.run();
    }
  }

  private static void heal(Engine engine, List<HostInfo> hosts) {
    engine.liftLinkFaults("");
    for (HostInfo host : hosts) {
      engine.bootHost(host.name());
      engine.pauseHost(host.name(), false);
      engine.startProcess(Address.of(host.name(), "main"));
      engine.startProcess(Address.of(host.name(), "log"));
    }
  }

  private static HostSet set(RandomStream draw, List<HostInfo> hosts) {
    HostSet some = new HostSet.Named(Set.of(draw.pick(hosts).name()));
    return draw.chance(0.5) ? some : new HostSet.Not(some);
  }

  private static LinkFault.Effect cut(boolean swallow) {
    return swallow ? new LinkFault.Swallow() : new LinkFault.Reject();
  }

  private static LinkFault.Effect ill(RandomStream draw) {
    return switch (draw.nextInt(4)) {
      case 0 -> new LinkFault.Loss(draw.nextDouble());
      case 3 -> new LinkFault.Narrow(1_000 + draw.nextDouble() * 60_000);
      case 1 -> new LinkFault.Duplicate(draw.nextDouble());
      default -> new LinkFault.Delay(Duration.ofMillis(20), Duration.ofMillis(20));
    };
  }
}
