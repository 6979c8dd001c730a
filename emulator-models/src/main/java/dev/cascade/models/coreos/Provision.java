package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import java.time.Duration;
import java.util.List;

/**
 * Commands by which a cluster is put together, at the console of one of its machines.
 *
 * @param machine its number
 * @param after since that booted for the first time
 * @param commands one after the other
 */
public record Provision(
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("The machine's number.") int machine,
    @JsonPropertyDescription("Since it booted for the first time.") Duration after,
    @JsonPropertyDescription("Command lines, one after the other.") List<String> commands) {
  public Provision {
    Durations.requirePositive("after", after);
    commands = List.copyOf(commands);
    commands.forEach(Command::parse);
  }

  /** What they mean. */
  List<Command> parsed() {
    return commands.stream().map(Command::parse).toList();
  }
}
