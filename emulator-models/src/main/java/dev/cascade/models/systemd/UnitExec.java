package dev.cascade.models.systemd;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Storage;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.Locale;

/** What systemd does for a process of a unit. */
final class UnitExec implements Exec {
  private final Env<WireMessage> env;
  private final UnitFile unit;
  private final String process;
  private final long life;
  private final Output output;
  private boolean ended;

  private UnitExec(
      Env<WireMessage> env, UnitFile unit, String process, long life, Journal journal) {
    this.env = env;
    this.unit = unit;
    this.process = process;
    this.life = life;
    this.output = new Output(journal.connect(process), unit.language());
  }

  /**
   * A process of a unit.
   *
   * @param process its name
   * @param life by which its end is told from that of another of this name
   * @param talks whether it logs its idle lines: the unit's main process
   */
  static ProcessSpec<WireMessage> spec(
      UnitFile unit, Program program, String process, long life, Journal journal, boolean talks) {
    return ProcessSpec.of(
        env -> {
          UnitExec exec = new UnitExec(env, unit, process, life, journal);
          Duration idleLine = unit.idleLine();
          if (talks && idleLine != null) {
            env.spawn("log", IdleLog.spec(idleLine, exec::log));
          }
          return program.main(env, exec);
        });
  }

  @Override
  public Storage storage() {
    return new DiskStorage(env.disk(Disk.Lifetime.MACHINE), unit.name() + "/");
  }

  @Override
  public void log(String line) {
    if (ended) {
      return;
    }
    switch (output.write()) {
      case WRITTEN ->
          env.send(Address.of(env.host().name(), Journald.PROCESS), new JournalLine(line));
      case LOST -> lost();
      case KILLS -> {
        lost();
        env.event(
            "killed-by-sigpipe",
            "unit",
            unit.kind(),
            "writes",
            String.format(Locale.ROOT, "%d", output.brokenWrites()));
        end(Exit.PIPE);
      }
    }
  }

  private void lost() {
    env.metrics().counter("journal_lines_lost_total", "unit", unit.kind()).increment();
  }

  @Override
  public void exit(int code) {
    end(new Exit(code));
  }

  private void end(Exit exit) {
    if (!ended) {
      ended = true;
      env.send(
          Address.of(env.host().name(), UnitCall.PROCESS), new Wire.Ended(process, life, exit));
      env.control().kill(process);
    }
  }
}
