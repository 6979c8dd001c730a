package dev.cascade.cli;

import dev.cascade.run.Shell;
import dev.cascade.scenario.Scenario;

/** The command that repeats a run. */
final class Repeat {
  private Repeat() {}

  static String command(ScenarioOptions which, RunningOptions how, Scenario scenario) {
    StringBuilder command = new StringBuilder("./cascade run ").append(which.typed());
    command.append(" --seed ").append(scenario.timing().seed());
    command.append(MitigationsOption.typed(scenario.active()));
    if (how.schedule != null) {
      command.append(" --schedule ").append(Shell.quoted(how.schedule.toString()));
    }
    if (how.shards() != 1) {
      command.append(" --shards ").append(how.shards());
    }
    if (how.check) {
      command.append(" --check");
    }
    Models.arguments().forEach(word -> command.append(' ').append(Shell.quoted(word)));
    return command.toString();
  }
}
