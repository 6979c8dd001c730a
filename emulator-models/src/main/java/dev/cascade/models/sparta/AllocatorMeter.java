package dev.cascade.models.sparta;

import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.List;
import java.util.Locale;

/** What an allocator counts, and what it records. */
final class AllocatorMeter {
  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge(
              "sparta_allocation_version", "The version that an instance holds.", "cluster"),
          MetricInfo.counter(
              "sparta_version_decreases_total",
              "How often an instance took in an older version than it held.",
              "cluster",
              "by"),
          MetricInfo.counter("sparta_commits_total", "What workers committed.", "cluster"),
          MetricInfo.counter(
              "sparta_stale_commits_total",
              "Commits of what was worked out from another version than the latest.",
              "cluster"),
          MetricInfo.counter(
              "sparta_commit_conflicts_total",
              "Proposals that were turned down, as their base was not the latest.",
              "cluster"),
          MetricInfo.gauge(
              "sparta_deploys", "How often components of an instance were replaced.", "cluster"),
          MetricInfo.gauge("sparta_workers_busy", "Allocation workers at work.", "cluster"),
          MetricInfo.gauge(
              "sparta_cpu_utilization",
              "Share of an instance's cores that was in use since its last tick, 0 to 1.",
              "cluster"),
          MetricInfo.gauge(
              "sparta_sessions", "Sessions that an instance holds, of clients or none.", "cluster"),
          MetricInfo.counter("sparta_sessions_opened_total", "Sessions opened.", "cluster"),
          MetricInfo.counter(
              "sparta_sessions_expired_total", "Sessions whose clients were silent.", "cluster"),
          MetricInfo.counter("sparta_changes_sent_total", "Changes sent to sessions.", "cluster"));

  static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo(
              "version-decreased",
              List.of("cluster", "by", "from", "to"),
              "An instance took in an older version than it held, and had not for a minute."),
          new EventInfo(
              "component-replaced",
              List.of("cluster", "commit", "recovery"),
              "An instance runs other components."));

  /** One more of what is going on already is counted, not recorded. */
  private static final long QUIET_NANOS = 60_000_000_000L;

  private long recordedNanos = -QUIET_NANOS;

  private final Env<?> env;
  private final String cluster;
  private final Metrics.Gauge version;
  private final Metrics.Counter commits;
  private final Metrics.Counter stale;
  private final Metrics.Counter conflicts;
  private final Metrics.Gauge deploys;
  private final Metrics.Gauge busy;
  private final Metrics.Gauge utilization;
  private final Metrics.Gauge sessions;
  private final Metrics.Counter opened;
  private final Metrics.Counter expired;
  private final Metrics.Counter pushed;
  private long lookedNanos; // at the CPU account
  private long usedNanos;

  AllocatorMeter(Env<?> env, String cluster) {
    this.env = env;
    this.cluster = cluster;
    Metrics metrics = env.metrics();
    this.version = metrics.gauge("sparta_allocation_version", "cluster", cluster);
    this.commits = metrics.counter("sparta_commits_total", "cluster", cluster);
    this.stale = metrics.counter("sparta_stale_commits_total", "cluster", cluster);
    this.conflicts = metrics.counter("sparta_commit_conflicts_total", "cluster", cluster);
    this.deploys = metrics.gauge("sparta_deploys", "cluster", cluster);
    this.busy = metrics.gauge("sparta_workers_busy", "cluster", cluster);
    this.utilization = metrics.gauge("sparta_cpu_utilization", "cluster", cluster);
    this.sessions = metrics.gauge("sparta_sessions", "cluster", cluster);
    this.opened = metrics.counter("sparta_sessions_opened_total", "cluster", cluster);
    this.expired = metrics.counter("sparta_sessions_expired_total", "cluster", cluster);
    this.pushed = metrics.counter("sparta_changes_sent_total", "cluster", cluster);
    this.lookedNanos = env.nowNanos();
    this.usedNanos = env.hostCpuNanos();
    for (String by : List.of("commit", "replication")) {
      decreases(by).add(0);
    }
  }

  private Metrics.Counter decreases(String by) {
    return env.metrics().counter("sparta_version_decreases_total", "cluster", cluster, "by", by);
  }

  void version(long newVersion) {
    version.set((double) newVersion);
  }

  void decreased(String by, long from, long to) {
    decreases(by).increment();
    boolean goesOn = env.nowNanos() - recordedNanos < QUIET_NANOS;
    recordedNanos = env.nowNanos();
    if (goesOn) {
      return;
    }
    env.event(
        "version-decreased",
        "cluster",
        cluster,
        "by",
        by,
        "from",
        Long.toString(from),
        "to",
        Long.toString(to));
  }

  void committed(boolean wasStale) {
    commits.increment();
    if (wasStale) {
      stale.increment();
    }
  }

  void conflict() {
    conflicts.increment();
  }

  void busy(int workers) {
    busy.set(workers);
  }

  void sessions(int count) {
    sessions.set(count);
  }

  /** Looks at what the host has accounted since the last look. */
  void utilization(int cores) {
    long now = env.nowNanos();
    long used = env.hostCpuNanos();
    if (now > lookedNanos) {
      utilization.set((double) (used - usedNanos) / (cores * (double) (now - lookedNanos)));
    }
    lookedNanos = now;
    usedNanos = used;
  }

  void opened() {
    opened.increment();
  }

  void expired() {
    expired.increment();
  }

  void pushed() {
    pushed.increment();
  }

  void runs(Build build) {
    deploys.set(build.deploys());
  }

  void replaced(Build build) {
    runs(build);
    env.event(
        "component-replaced",
        "cluster",
        cluster,
        "commit",
        word(build.commit()),
        "recovery",
        word(build.recovery()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
