package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.fault.Target;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where an operator sits while a model's action is performed: the hands are the engine's.
 *
 * @param <C> the model's configuration
 */
final class Console<C> implements Operation<C> {
  private final Engine engine;
  private final String step;
  private final String entry;
  private final C config;
  private final List<HostInfo> hosts;

  Console(Engine engine, Targets targets, String step, String entry, Target target, C config) {
    this.engine = engine;
    this.step = step;
    this.entry = entry;
    this.config = config;
    this.hosts =
        targets.all(target, step).stream().filter(host -> host.entry().equals(entry)).toList();
  }

  @Override
  public String entry() {
    return entry;
  }

  @Override
  public C config() {
    return config;
  }

  @Override
  public List<HostInfo> hosts() {
    return hosts;
  }

  @Override
  public RandomStream random() {
    return engine.random(step);
  }

  @Override
  public void launch(
      String template, String name, String zone, Duration delay, Map<String, String> arguments) {
    engine.launch(new HostInfo(name, zone, entry, template), arguments, delay);
  }

  @Override
  public void terminate(String name, Duration delay) {
    engine.terminate(name, delay);
  }

  @Override
  public void command(Address process, WireMessage command, Duration delay) {
    engine.command(process, command, delay);
  }
}
