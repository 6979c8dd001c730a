package dev.cascade.models.balancer;

import dev.cascade.random.RandomStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks the host that is asked next. */
final class Picker {
  private final BalancerConfig config;
  private final RandomStream random;
  private int turn;

  Picker(BalancerConfig config, RandomStream random) {
    this.config = config;
    this.random = random;
    // Proxies that all began with the first host would ask it all at once.
    this.turn = config.lbPolicy() == LbPolicy.ROUND_ROBIN ? random.nextInt(1 << 20) : 0;
  }

  /** One of these; null if there is none. */
  @Nullable UpstreamHost pick(List<UpstreamHost> hosts) {
    if (hosts.isEmpty()) {
      return null;
    }
    return switch (config.lbPolicy()) {
      case ROUND_ROBIN -> {
        turn = (turn + 1) % hosts.size();
        yield hosts.get(turn);
      }
      case RANDOM -> random.pick(hosts);
      case LEAST_REQUEST ->
          config.selectionMethod() == SelectionMethod.FULL_SCAN
              ? leastOfAll(hosts)
              : leastOf(hosts);
    };
  }

  /** The first drawn wins a tie, as in Envoy. */
  private UpstreamHost leastOf(List<UpstreamHost> hosts) {
    UpstreamHost least = random.pick(hosts);
    for (int i = 1; i < config.choiceCount(); i++) {
      UpstreamHost another = random.pick(hosts);
      least = another.open < least.open ? another : least;
    }
    return least;
  }

  private UpstreamHost leastOfAll(List<UpstreamHost> hosts) {
    UpstreamHost least = hosts.get(0);
    int asFew = 0;
    for (UpstreamHost host : hosts) {
      if (host.open < least.open) {
        least = host;
        asFew = 1;
      } else if (host.open == least.open && random.nextInt(++asFew) == 0) {
        least = host; // each of those so far is it with the same chance
      }
    }
    return least;
  }
}
