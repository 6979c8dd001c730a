package dev.cascade.models.service;

import dev.cascade.models.call.Call;
import java.util.Locale;

/** How much a service can serve, worked out from its configuration alone. */
final class Capacity {
  private Capacity() {}

  /**
   * Requests a second that one server with so many cores can serve, if it is only this endpoint.
   */
  static double perSecond(Endpoint endpoint, ServerConfig server, double cores) {
    Integer limit = endpoint.maxConcurrency();
    int threads = limit == null ? server.places() : limit;
    double occupied = endpoint.mean().toNanos() / 1e9;
    double cpu = endpoint.cpu().mean().toNanos() / 1e9;
    return Math.min(threads / occupied, Math.min(cores, server.cpuLimit()) / cpu);
  }

  static String sentence(String entry, Endpoint endpoint, ServiceConfig config, int replicas) {
    double rate = replicas * perSecond(endpoint, config.server(), config.cores());
    return Double.isInfinite(rate)
        ? entry + " " + endpoint.path() + " costs nothing, and has no limit."
        : String.format(
            Locale.ROOT,
            "%s can serve %.1f/s of %s alone: %d x %d threads, %.1f ms each (%.1f ms of them CPU).",
            entry,
            rate,
            endpoint.path(),
            replicas,
            endpoint.maxConcurrency() == null
                ? config.server().places()
                : endpoint.maxConcurrency(),
            endpoint.mean().toNanos() / 1e6,
            endpoint.cpu().mean().toNanos() / 1e6);
  }

  /** What is left if a call's target does not answer. */
  static String sentence(
      String entry, Endpoint endpoint, Call call, ServiceConfig config, int replicas) {
    Integer limit = endpoint.maxConcurrency();
    int threads = replicas * (limit == null ? config.server().places() : limit);
    double seconds = call.timeout().toNanos() / 1e9;
    return String.format(
        Locale.ROOT,
        "If %s does not answer, %s can serve %.1f/s of %s: each of %d threads waits %.1f s%s.",
        call.target(),
        entry,
        threads / seconds,
        endpoint.path(),
        threads,
        seconds,
        call.maxAttempts() > 1 ? ", and again for each retry" : "");
  }
}
