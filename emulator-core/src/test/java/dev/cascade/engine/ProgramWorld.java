package dev.cascade.engine;

import dev.cascade.network.LinkProfile;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.DurationDistribution;
import dev.cascade.schedule.Program;
import dev.cascade.schedule.Program.Note;
import dev.cascade.schedule.Program.Role;
import dev.cascade.schedule.Program.Send;
import dev.cascade.schedule.Program.Step;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.ScheduleCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a program as actors, each on a host of its own. Latencies are exponential with a mean
 * of 1 s: that forgets how long a message has been under way, so that of all of them each is as
 * likely to be the next; and the window of each, up to 9.2 s, holds 9 billion deliveries of the
 * least latency, 1 ns.
 */
final class ProgramWorld {
  private static final Duration ENOUGH = Duration.ofMinutes(10);

  private final Program program;
  private final List<SortedMap<String, Role>> copies = new ArrayList<>();

  private ProgramWorld(Program program, int count) {
    this.program = program;
    for (int i = 0; i < count; i++) {
      copies.add(new TreeMap<>(program.roles()));
    }
  }

  /** What came of a run. */
  record Ended(int wrong, @Nullable ScheduleCounts counts, String traceHash) {}

  /** Runs copies of a program to their end, under a schedule or as the seed draws it. */
  static Ended run(Program program, int copies, long seed, @Nullable Schedule schedule) {
    return new ProgramWorld(program, copies).run(seed, schedule);
  }

  private Ended run(long seed, @Nullable Schedule schedule) {
    LinkProfile link =
        new LinkProfile(
            DurationDistribution.exponential(Duration.ofSeconds(1)),
            Duration.ZERO,
            Duration.ofNanos(1),
            0,
            0);
    EngineSettings settings =
        new EngineSettings(seed, 1, NetworkPlan.uniform(link), false).schedule(schedule);
    Entry hosts =
        Entry.of(
            "program",
            1,
            placement -> {
              for (int copy = 0; copy < copies.size(); copy++) {
                for (String role : program.roles().keySet()) {
                  String host = "c" + copy + "-" + role;
                  int number = copy;
                  placement.template(host, HostSpec.cores(1), boot -> start(boot, number, role));
                  placement.host(host, "", host);
                }
              }
            });
    try (Engine engine =
        new Engine(settings, List.of(hosts), shard -> host -> World.NoMetrics.INSTANCE)) {
      World.run(engine, ENOUGH);
      int wrong = (int) copies.stream().filter(program.wrong()).count();
      return new Ended(wrong, engine.scheduleCounts(), engine.traceHash());
    }
  }

  private void start(Boot boot, int copy, String role) {
    boot.start(
        "main", ProcessSpec.<Note>of(env -> Actor.create(env, copies.get(copy), copy, role)));
  }

  /** Talks; what it says is decided by its role. */
  private static final class Actor extends AbstractBehavior<Note> {
    private final Env<Note> env;
    private final SortedMap<String, Role> roles;
    private final int copy;
    private final String name;

    static Behavior<Note> create(
        Env<Note> env, SortedMap<String, Role> roles, int copy, String name) {
      return Behaviors.setup(context -> new Actor(env, roles, copy, name));
    }

    private Actor(Env<Note> env, SortedMap<String, Role> roles, int copy, String name) {
      super(env.context());
      this.env = env;
      this.roles = roles;
      this.copy = copy;
      this.name = name;
      roles.get(name).start().forEach(this::send);
    }

    @Override
    public Receive<Note> createReceive() {
      return newReceiveBuilder().onMessage(Note.class, this::onNote).build();
    }

    private Behavior<Note> onNote(Note note) {
      Step step = roles.get(name).on(note);
      roles.put(name, step.next());
      step.sends().forEach(this::send);
      return this;
    }

    private void send(Send send) {
      env.send(Address.of("c" + copy + "-" + send.to(), "main"), send.note());
    }
  }
}
