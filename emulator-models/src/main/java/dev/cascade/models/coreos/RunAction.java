package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;
import java.util.List;

/** Somebody runs commands on machines, one machine after the other. */
final class RunAction implements Action<MachineConfig, RunAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param commands one after the other
   * @param hosts on which machines; all that the target names if empty
   * @param except on which of them not
   * @param gap from one machine to the next
   */
  record Parameters(
      @JsonPropertyDescription("Command lines, one after the other.") List<String> commands,
      @JsonPropertyDescription("On which machines; all of the target if absent.")
          List<String> hosts,
      @JsonPropertyDescription("On which of them not.") List<String> except,
      @JsonPropertyDescription("From one machine to the next.") @JsonProperty(defaultValue = "0s")
          Duration gap) {
    Parameters {
      commands = List.copyOf(commands);
      hosts = List.copyOf(hosts);
      except = List.copyOf(except);
      commands.forEach(Command::parse);
      if (commands.isEmpty()) {
        throw new IllegalArgumentException(
            "The commands (none) must be at least one. Maybe systemctl restart systemd-journald?");
      }
      if (gap.isNegative()) {
        throw new IllegalArgumentException("The gap (" + gap + ") cannot be negative.");
      }
    }
  }

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String summary() {
    return "Somebody runs commands on machines, one machine after the other.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void check(MachineConfig config, Parameters parameters) {
    parameters.commands().forEach(line -> config.check(Command.parse(line)));
  }

  @Override
  public void perform(Operation<MachineConfig> operation, Parameters parameters) {
    List<Command> commands = parameters.commands().stream().map(Command::parse).toList();
    Duration after = Duration.ZERO;
    for (HostInfo host : operation.hosts()) {
      boolean meant = parameters.hosts().isEmpty() || parameters.hosts().contains(host.name());
      if (meant && !parameters.except().contains(host.name())) {
        operation.command(
            Address.of(host.name(), Console.PROCESS), new Console.Type(commands), after);
        after = after.plus(parameters.gap());
      }
    }
  }
}
