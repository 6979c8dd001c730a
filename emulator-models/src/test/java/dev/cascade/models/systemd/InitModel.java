package dev.cascade.models.systemd;

import dev.cascade.engine.Entry;
import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Terminate;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Model;
import dev.cascade.node.Outcome;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Ratio;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A machine with an init system, some units, and a console. */
final class InitModel implements Model<InitModel.Nothing> {
  record Nothing() {}

  record Ask(Function<ReplyTo, UnitCall> call) implements WireMessage {}

  private record Told() implements WireMessage {}

  private enum Tick implements WireMessage {
    INSTANCE
  }

  private static final String HOST = "machine";

  private final List<UnitFile> units;
  private final List<String> enabled;

  private InitModel(List<UnitFile> units, List<String> enabled) {
    this.units = units;
    this.enabled = enabled;
  }

  /** A world of one machine with journald and these units, which all start as it boots. */
  static TestWorld world(UnitFile... units) {
    List<UnitFile> all = new ArrayList<>(List.of(units));
    List<String> enabled = new ArrayList<>();
    enabled.add(Journald.PROCESS);
    all.forEach(unit -> enabled.add(unit.name()));
    return TestWorld.start(1, TestWorld.entry(HOST, new InitModel(all, enabled), new Nothing(), 1));
  }

  /** A world of one machine with journald and these units, which nobody starts, and of another. */
  static TestWorld sleeping(Entry other, UnitFile... units) {
    InitModel model = new InitModel(List.of(units), List.of(Journald.PROCESS));
    return TestWorld.start(1, TestWorld.entry(HOST, model, new Nothing(), 1), other);
  }

  /** Types something at the console, now. */
  static void type(TestWorld world, BiFunction<String, ReplyTo, UnitCall> call, String unit) {
    world
        .engine()
        .command(
            Address.of(HOST + "-1", "console"), new Ask(to -> call.apply(unit, to)), Duration.ZERO);
  }

  /** A fault ends a process. */
  static void crash(TestWorld world, String process) {
    world.engine().crashProcess(Address.of(HOST + "-1", process));
  }

  /** A program that writes a line a second, the first after one. */
  static Program writesEverySecond() {
    return (env, exec) ->
        Behaviors.withTimers(
            timers -> {
              timers.startTimerAtFixedRate(Tick.INSTANCE, Duration.ofSeconds(1));
              return each(Tick.class, () -> exec.log("tick"));
            });
  }

  /** A program that ends after so long. */
  static Program endsAfter(Duration time, int code) {
    return (env, exec) ->
        Behaviors.withTimers(
            timers -> {
              timers.startSingleTimer(Tick.INSTANCE, time);
              return each(Tick.class, () -> exec.exit(code));
            });
  }

  /** A program that puts its things in order for so long when it gets SIGTERM, then ends. */
  static Program ignoresTermFor(Duration time) {
    return new Program() {
      @Override
      public Behavior<WireMessage> main(Env<WireMessage> env, Exec exec) {
        return Behaviors.withTimers(
            timers ->
                Behaviors.receive(WireMessage.class)
                    .onMessage(
                        Terminate.class,
                        terminate -> {
                          timers.startSingleTimer(Tick.INSTANCE, time);
                          return Behaviors.same();
                        })
                    .onMessage(
                        Tick.class,
                        tick -> {
                          exec.exit(0);
                          return Behaviors.same();
                        })
                    .build());
      }

      @Override
      public boolean catchesTerm() {
        return true;
      }
    };
  }

  /** A program that does nothing. */
  static Program idles() {
    return (env, exec) -> Behaviors.ignore();
  }

  private static Behavior<WireMessage> each(Class<? extends WireMessage> type, Runnable then) {
    return Behaviors.receive(WireMessage.class)
        .onMessage(
            type,
            message -> {
              then.run();
              return Behaviors.same();
            })
        .build();
  }

  @Override
  public String name() {
    return "init";
  }

  @Override
  public String summary() {
    return "A machine with an init system.";
  }

  @Override
  public Class<Nothing> configType() {
    return Nothing.class;
  }

  @Override
  public void place(Placement<Nothing> placement) {
    placement.template(
        HOST,
        HostSpec.cores(2),
        boot -> {
          Journal journal = new Journal();
          List<UnitFile> files = new ArrayList<>(units);
          files.add(
              UnitFile.of(
                  Journald.PROCESS,
                  Journald.program(
                      journal,
                      new JournaldConfig(Duration.ofNanos(25_000), false, new Ratio(0.8)))));
          boot.start(UnitCall.PROCESS, Systemd.spec(journal, files, enabled));
          boot.start("console", ProcessSpec.of(InitModel::console));
        });
    placement.replicas(HOST);
  }

  private static Behavior<WireMessage> console(Env<WireMessage> env) {
    return Behaviors.receive(WireMessage.class)
        .onMessage(
            Ask.class,
            ask -> {
              env.request(
                  Address.of(env.host().name(), UnitCall.PROCESS),
                  ask.call(),
                  Duration.ofSeconds(1),
                  (Outcome outcome) -> new Told());
              return Behaviors.same();
            })
        .onMessage(Told.class, told -> Behaviors.same())
        .build();
  }
}
