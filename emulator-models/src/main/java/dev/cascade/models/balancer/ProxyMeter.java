package dev.cascade.models.balancer;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The instruments of one proxy, and its journal. */
final class ProxyMeter {
  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter(
              "balancer_requests_total", "Requests answered, by status.", "balancer", "status"),
          MetricInfo.histogram(
              "balancer_request_duration_seconds",
              "From the moment that a proxy takes a request up until it answers.",
              "balancer"),
          MetricInfo.counter(
              "balancer_upstream_requests_total",
              "Requests that a host was asked.",
              "balancer",
              "upstream"),
          MetricInfo.gauge(
              "balancer_upstream_requests_open",
              "Requests that a proxy has open at all hosts.",
              "balancer"),
          MetricInfo.counter(
              "balancer_overflow_total",
              "Requests answered with 503, as too many were open at the host.",
              "balancer"),
          MetricInfo.counter(
              "balancer_no_healthy_upstream_total",
              "Requests answered with 503, as there was no host to ask.",
              "balancer"),
          MetricInfo.counter(
              "balancer_health_checks_total",
              "Checks that have ended: success, bad-answer or no-answer.",
              "balancer",
              "result"),
          MetricInfo.counter("balancer_ejections_total", "Hosts that were ejected.", "balancer"),
          MetricInfo.gauge("balancer_hosts", "Hosts that a proxy knows of.", "balancer"),
          MetricInfo.gauge(
              "balancer_healthy_hosts",
              "Hosts that checks and outlier detection take for healthy.",
              "balancer"),
          MetricInfo.gauge(
              "balancer_panic", "1 while so few are healthy that all are asked.", "balancer"));

  static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo(
              "upstream-added",
              List.of("balancer", "upstream"),
              "A proxy has learned of a host that it may ask."),
          new EventInfo(
              "upstream-removed",
              List.of("balancer", "upstream"),
              "A proxy has learned that a host is not to be asked any more."),
          new EventInfo(
              "upstream-healthy", List.of("balancer", "upstream"), "Its checks find a host well."),
          new EventInfo(
              "upstream-unhealthy",
              List.of("balancer", "upstream"),
              "Its checks find a host not well."),
          new EventInfo(
              "upstream-ejected",
              List.of("balancer", "upstream", "seconds"),
              "Too many requests in a row failed at a host."),
          new EventInfo(
              "upstream-unejected", List.of("balancer", "upstream"), "A host is back from that."),
          new EventInfo(
              "balancer-panic",
              List.of("balancer", "healthy", "hosts"),
              "So few hosts are healthy that a proxy asks all of them."),
          new EventInfo(
              "balancer-panic-ended", List.of("balancer", "healthy", "hosts"), "It does no more."));

  private final Env<?> env;
  private final String balancer;
  private final Map<String, Metrics.Counter> counters = new TreeMap<>();
  private final Map<CheckedHealth.Result, Metrics.Counter> checks =
      new EnumMap<>(CheckedHealth.Result.class);
  private final Map<Integer, Metrics.Counter> answers = new TreeMap<>();
  private final Map<Address, Metrics.Counter> asked = new TreeMap<>();
  private final Metrics.Histogram durations;
  private final Metrics.Gauge open;
  private final Metrics.Gauge hosts;
  private final Metrics.Gauge healthy;
  private final Metrics.Gauge panic;
  private boolean inPanic;

  ProxyMeter(Env<?> env, String balancer) {
    this.env = env;
    this.balancer = balancer;
    this.durations =
        env.metrics().histogram("balancer_request_duration_seconds", "balancer", balancer);
    this.open = gauge("balancer_upstream_requests_open");
    this.hosts = gauge("balancer_hosts");
    this.healthy = gauge("balancer_healthy_hosts");
    this.panic = gauge("balancer_panic");
    open.set(0);
    panic.set(0);
  }

  private Metrics.Gauge gauge(String name) {
    return env.metrics().gauge(name, "balancer", balancer);
  }

  private Metrics.Counter counter(String name) {
    return counters.computeIfAbsent(name, key -> env.metrics().counter(key, "balancer", balancer));
  }

  void answered(int status, long nanos) {
    answers
        .computeIfAbsent(
            status,
            code ->
                env.metrics()
                    .counter(
                        "balancer_requests_total",
                        "balancer",
                        balancer,
                        "status",
                        Integer.toString(code)))
        .increment();
    durations.recordNanos(nanos);
  }

  void asked(Address host, int openNow) {
    asked
        .computeIfAbsent(
            host,
            address ->
                env.metrics()
                    .counter(
                        "balancer_upstream_requests_total",
                        "balancer",
                        balancer,
                        "upstream",
                        address.host()))
        .increment();
    open.set(openNow);
  }

  void ended(int openNow) {
    open.set(openNow);
  }

  void overflow() {
    counter("balancer_overflow_total").increment();
  }

  void nobodyToAsk() {
    counter("balancer_no_healthy_upstream_total").increment();
  }

  void checked(CheckedHealth.Result result) {
    checks.computeIfAbsent(result, this::counterOf).increment();
  }

  private Metrics.Counter counterOf(CheckedHealth.Result result) {
    String label = result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return env.metrics()
        .counter("balancer_health_checks_total", "balancer", balancer, "result", label);
  }

  void ejected(Address host, long forNanos) {
    counter("balancer_ejections_total").increment();
    env.event(
        "upstream-ejected",
        "balancer",
        balancer,
        "upstream",
        host.host(),
        "seconds",
        Long.toString(forNanos / 1_000_000_000));
  }

  void happened(String event, Address host) {
    env.event(event, "balancer", balancer, "upstream", host.host());
  }

  void reviewed(Cluster cluster) {
    hosts.set(cluster.hosts().size());
    healthy.set(cluster.healthy());
    panic.set(cluster.isPanic() ? 1 : 0);
    if (cluster.isPanic() != inPanic) {
      inPanic = cluster.isPanic();
      env.event(
          inPanic ? "balancer-panic" : "balancer-panic-ended",
          "balancer",
          balancer,
          "healthy",
          Integer.toString(cluster.healthy()),
          "hosts",
          Integer.toString(cluster.hosts().size()));
    }
  }
}
