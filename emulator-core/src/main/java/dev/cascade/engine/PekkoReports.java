package dev.cascade.engine;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.event.Logging;
import scala.runtime.BoxedUnit;

/**
 * What Pekko tells nobody but its event stream: what its own queues inside actors drop, as the
 * stash of a supervisor that backs off, and exceptions that it swallows, as those of a PostStop. A
 * function hears it within the same turn; an actor would have turns of its own.
 */
final class PekkoReports {
  private final Shard shard;

  private PekkoReports(Shard shard) {
    this.shard = shard;
  }

  static void listen(Shard shard, ActorSystem system) {
    PekkoReports reports = new PekkoReports(shard);
    ExtendedActorSystem classic = (ExtendedActorSystem) system;
    FunctionRef ear =
        new FunctionRef(
            classic.provider().rootPath().child("reports"),
            classic.provider(),
            classic,
            (sender, report) -> {
              reports.on(report);
              return BoxedUnit.UNIT;
            });
    classic.eventStream().subscribe(ear, Dropped.class);
    classic.eventStream().subscribe(ear, Logging.Error.class);
  }

  private void on(Object report) {
    ProcessQueue process = shard.current();
    if (process == null) {
      return;
    }
    if (report instanceof Dropped dropped) {
      shard.ledger().droppedByPekko(process, dropped.message());
    } else if (report instanceof Logging.Error error && !process.wasKilled()) {
      shard.guard().unplanned(process, error.cause()); // what the dead do is nobody's business
    }
  }
}
