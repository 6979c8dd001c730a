package dev.cascade.node;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where a model puts one entry of the scenario's topology: it declares how its hosts boot, and
 * which hosts there are at the start.
 *
 * @param <C> the model's configuration
 */
public interface Placement<C> {
  /** The entry's name, unique in the scenario; host names begin with it by habit. */
  String entry();

  /** The entry's configuration. */
  C config();

  /** How many the scenario asks for. */
  int replicas();

  /** The zones to spread over, in order; holds one empty string where the scenario names none. */
  List<String> zones();

  /** Declares a way to boot a host of this entry. */
  void template(String name, HostSpec spec, Consumer<Boot> boot);

  /** A host that is there from the start. */
  void host(String name, String zone, String template);

  /**
   * Says that the hosts of a template serve others at this process: they are what {@link
   * Boot#addresses} of this entry tells.
   */
  void serves(String template, String process);

  /**
   * Says that this process tells where another entry serves while that entry's hosts come and go:
   * it is what {@link Boot#registry} of the other entry tells.
   */
  default void registry(String entry, Address registry) {}

  /**
   * Says that processes whose names begin so come and go on the hosts of a template, beside those
   * that its boot starts: faults may name them.
   */
  default void starts(String template, String prefix) {}

  /**
   * Hosts {@code <entry>-1} to {@code <entry>-<replicas>} of one template, dealt over the zones in
   * turn; enough for most models.
   */
  default void replicas(String template) {
    for (int i = 1; i <= replicas(); i++) {
      host(entry() + "-" + i, zones().get((i - 1) % zones().size()), template);
    }
  }
}
