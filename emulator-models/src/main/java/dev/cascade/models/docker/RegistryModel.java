package dev.cascade.models.docker;

import dev.cascade.models.machine.OwnExec;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Surroundings;
import dev.cascade.node.WireMessage;
import java.util.List;

/** Somebody else's registry, on machines of its own. */
public final class RegistryModel implements Model<RegistryConfig> {
  private static final String TEMPLATE = "registry";
  private static final String PROCESS = "registry";

  @Override
  public String name() {
    return "registry";
  }

  @Override
  public String summary() {
    return "A Docker registry that somebody else runs.";
  }

  @Override
  public Class<RegistryConfig> configType() {
    return RegistryConfig.class;
  }

  @Override
  public void place(Placement<RegistryConfig> placement) {
    RegistryConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(2),
        boot ->
            boot.start(
                PROCESS,
                ProcessSpec.of(
                    (Env<WireMessage> env) ->
                        Registry.program(config, Settings.NONE).main(env, new OwnExec(env)))));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public Offer offer(String entry, RegistryConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public List<EventInfo> events() {
    return Registry.EVENTS;
  }
}
