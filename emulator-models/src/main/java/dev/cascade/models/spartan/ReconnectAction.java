package dev.cascade.models.spartan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions end, and their clients open others: nothing else happens to them. */
final class ReconnectAction implements Action<SpartanConfig, ReconnectAction.Parameters> {
  /**
   * The step's own keys.
   *
   * @param hosts which services; all that the target names if empty
   * @param from the instance that they lose; whatever it is if null
   * @param to the instance that they find; another one if null
   * @param within all of them lose it within this time
   */
  record Parameters(
      @JsonPropertyDescription("Which services; all of the target if absent.") List<String> hosts,
      @JsonPropertyDescription("The instance that they lose; whichever if absent.")
          @Nullable String from,
      @JsonPropertyDescription("The instance that they find; another one if absent.")
          @Nullable String to,
      @JsonPropertyDescription("All of them lose it within this time.")
          @JsonProperty(defaultValue = "10ms")
          Duration within) {
    Parameters {
      hosts = List.copyOf(hosts);
      if (within.isNegative()) {
        throw new IllegalArgumentException("The within (" + within + ") cannot be negative.");
      }
    }
  }

  @Override
  public String name() {
    return "reconnect";
  }

  @Override
  public String summary() {
    return "Ends sessions, so that their clients open others.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<SpartanConfig> operation, Parameters parameters) {
    RandomStream random = operation.random();
    for (HostInfo host : operation.hosts()) {
      if (parameters.hosts().isEmpty() || parameters.hosts().contains(host.name())) {
        operation.command(
            Address.of(host.name(), SpartanModel.CLIENT),
            new Spartan.Reconnect(parameters.from(), parameters.to()),
            Duration.ofNanos(Math.round(random.nextDouble() * parameters.within().toNanos())));
      }
    }
  }
}
