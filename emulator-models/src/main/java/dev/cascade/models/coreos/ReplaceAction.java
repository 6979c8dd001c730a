package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Machines are drained, thrown away and delivered anew, one after the other. */
final class ReplaceAction implements Action<MachineConfig, ReplaceAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param except which of them stay
   * @param gap from one machine to the next
   * @param drain from the moment that its units move away until it is thrown away
   * @param delivery from then until the new one boots, under its name
   */
  record Parameters(
      @JsonPropertyDescription("Which of them stay.") List<String> except,
      @JsonPropertyDescription("From one machine to the next.") Duration gap,
      @Guess("units that move and start elsewhere")
          @JsonPropertyDescription("From the stop of fleet on it until it is thrown away.")
          @JsonProperty(defaultValue = "2m")
          Duration drain,
      @Guess("a machine of a cloud")
          @JsonPropertyDescription("From then until the new one boots.")
          @JsonProperty(defaultValue = "90s")
          Duration delivery) {
    Parameters {
      except = List.copyOf(except);
      Durations.requirePositive("gap", gap);
      Durations.requirePositive("drain", drain);
      Durations.requirePositive("delivery", delivery);
    }
  }

  @Override
  public String name() {
    return "replace";
  }

  @Override
  public String summary() {
    return "Machines are drained and replaced by new ones without old journals, one by one.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<MachineConfig> operation, Parameters parameters) {
    TreeMap<String, String> arguments = new TreeMap<>();
    arguments.put(MachineModel.JOURNALS, "clean");
    Duration after = Duration.ZERO;
    for (HostInfo host : operation.hosts()) {
      if (parameters.except().contains(host.name())) {
        continue;
      }
      Duration gone = after.plus(parameters.drain());
      operation.command(
          Address.of(host.name(), Console.PROCESS),
          new Console.Type(List.of(new Command(Command.Verb.STOP, Units.FLEET, ""))),
          after);
      operation.terminate(host.name(), gone);
      operation.launch(
          host.template(), host.name(), host.zone(), gone.plus(parameters.delivery()), arguments);
      after = after.plus(parameters.gap());
    }
  }
}
