package dev.cascade.models.failover;

import dev.cascade.models.classifier.Classification;
import dev.cascade.models.ingestion.Page;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the automation tells: its own record, and people. */
final class Log {
  static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo("check-started", List.of(), "It looks at its nodes."),
          new EventInfo(
              "classifier-loaded",
              List.of("profile", "candidates", "serving"),
              "What a check believes: the service's profile, how many nodes may serve it, and how"
                  + " many of those that do serve it are among them."),
          new EventInfo(
              "check-failed",
              List.of("reason"),
              "A check ended without acting: unreadable, readings-differ, no-routes, no-candidates,"
                  + " too-many-moves."),
          new EventInfo("batch-started", List.of("moves"), "It begins to move addresses."),
          new EventInfo("batch-resumed", List.of("moves"), "It goes on after a restart."),
          new EventInfo("vip-failed-over", List.of("vip", "from", "to"), "One is moved."),
          new EventInfo("vip-not-moved", List.of("vip", "status"), "One cannot be moved."),
          new EventInfo("batch-ended", List.of("moved"), "It has moved what it could."),
          new EventInfo(
              "probe-failed", List.of("vip"), "The first address that was moved does not answer."),
          new EventInfo("restart-refused", List.of("jobs"), "Jobs keep it from being restarted."),
          new EventInfo("automation-stopped", List.of(), "Its process ends, to be started anew."),
          new EventInfo("automation-started", List.of(), "Its process runs again."));

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "automation_checks_total",
              "Checks by how they ended: done, moved, or the reason of a failure.",
              "automation",
              "result"),
          MetricInfo.counter("automation_moves_total", "Addresses moved.", "automation"));

  private final Env<?> env;
  private final @Nullable Address pager;

  Log(Env<?> env, @Nullable Address pager) {
    this.env = env;
    this.pager = pager;
  }

  void checkStarted() {
    env.event("check-started");
  }

  void loaded(
      Classification classification,
      String service,
      List<String> candidates,
      Collection<Address> routes) {
    long serving =
        routes.stream().map(Address::host).distinct().filter(candidates::contains).count();
    env.event(
        "classifier-loaded",
        "profile",
        classification.profileOf(service),
        "candidates",
        Integer.toString(candidates.size()),
        "serving",
        Long.toString(serving));
  }

  void checkFailed(String reason) {
    env.event("check-failed", "reason", reason);
    checked(reason);
  }

  void checkDone() {
    checked("done");
  }

  private void checked(String result) {
    env.metrics()
        .counter("automation_checks_total", "automation", env.host().entry(), "result", result)
        .increment();
  }

  void batchStarted(int moves) {
    env.event("batch-started", "moves", Integer.toString(moves));
    checked("moved");
  }

  void batchResumed(int moves) {
    env.event("batch-resumed", "moves", Integer.toString(moves));
  }

  void moved(Plan.Move move) {
    env.event("vip-failed-over", "vip", move.vip(), "from", move.from(), "to", move.to());
    env.metrics().counter("automation_moves_total", "automation", env.host().entry()).increment();
  }

  void notMoved(Plan.Move move, int status) {
    env.event("vip-not-moved", "vip", move.vip(), "status", Integer.toString(status));
  }

  void batchEnded(int moved) {
    env.event("batch-ended", "moved", Integer.toString(moved));
  }

  void probeFailed(Plan.Move move) {
    env.event("probe-failed", "vip", move.vip());
  }

  /** Tells people, if there is a way to. */
  void page(String reason) {
    if (pager != null) {
      env.send(pager, new Page(reason));
    }
  }
}
