package dev.cascade.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Holds a pool's waiting line, and hands work to whoever is idle. */
final class PoolQueue<R> extends AbstractBehavior<PoolQueue.Command> {
  /** What the queue understands. */
  sealed interface Command {}

  /** New work. */
  record Arrived(Object work) implements Command {}

  /** A worker has done its work. */
  record Ready(int worker) implements Command {}

  private final Env<Command> env;
  private final QueueSpec spec;
  private final WorkerPool.Service<R> service;
  private final List<WorkerPool.Kind> kinds;
  private final PoolMeter meter;

  private final WaitingLine<R> line;
  private final List<ActorRef<PoolWorker.Command>> workers = new ArrayList<>();
  private final ArrayDeque<Integer> idle = new ArrayDeque<>();
  private final int[] kindServed; // by worker
  private final int[] busy; // by kind

  PoolQueue(Env<Command> env, WorkerPool<R> pool, String process) {
    super(env.context());
    this.env = env;
    this.spec = pool.queue();
    this.service = pool.service().apply(env);
    this.kinds = service.kinds();
    this.meter = new PoolMeter(env.metrics(), pool.names(), kinds, process, pool.workers());
    this.line = new WaitingLine<>(spec, kinds.size());
    this.kindServed = new int[pool.workers()];
    this.busy = new int[kinds.size()];
    for (int i = 0; i < pool.workers(); i++) {
      workers.add(spawnWorker(i));
      idle.add(i);
    }
  }

  private ActorRef<PoolWorker.Command> spawnWorker(int number) {
    ActorRef<Command> queue = getContext().getSelf();
    ProcessSpec<PoolWorker.Command> spec =
        ProcessSpec.of(
            workerEnv -> new PoolWorker<>(workerEnv, service, () -> queue.tell(new Ready(number))));
    return env.spawn(
        "worker-" + (number + 1),
        // Given work only when idle, and then what it waits for.
        spec.cost(PoolWorker::cost).mailbox(WorkerPool.MAX_AWAITED, Overflow.DROP_NEWEST));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Arrived.class, this::onArrived)
        .onMessage(Ready.class, this::onReady)
        .build();
  }

  private Behavior<Command> onArrived(Arrived arrived) {
    @SuppressWarnings("unchecked") // one queue has work of one type
    R work = (R) arrived.work();
    int kind = service.kindOf(work);
    boolean mayStart = !idle.isEmpty() && mayStart(kind); // then nothing that may start waits
    if (!mayStart && line.isFull()) {
      overflow(work);
    } else if (!service.admits(work, line.size() + workers.size() - idle.size())) {
      turnAway(work, "limit");
    } else if (mayStart && service.isPastDeadline(work)) {
      turnAway(work, "deadline");
    } else if (mayStart) {
      start(work, kind, 0);
    } else {
      line.add(work, kind, env.nowNanos());
      meter.queueLength(line.size());
    }
    return this;
  }

  private Behavior<Command> onReady(Ready ready) {
    int kind = kindServed[ready.worker()];
    busy[kind]--;
    meter.busy(kind, busy[kind]);
    idle.push(ready.worker());
    WaitingLine.Waiting<R> next = null;
    while (!idle.isEmpty() && (next = line.take(this::mayStart)) != null) {
      long waited = env.nowNanos() - next.sinceNanos();
      if (spec.expireAfter() != null && waited >= spec.expireAfter().toNanos()) {
        turnAway(next.work(), "expired");
      } else if (service.isPastDeadline(next.work())) {
        turnAway(next.work(), "deadline");
      } else {
        start(next.work(), next.kind(), waited);
      }
    }
    meter.queueLength(line.size());
    return this;
  }

  private boolean mayStart(int kind) {
    return busy[kind] < kinds.get(kind).limit();
  }

  private void start(R work, int kind, long waitedNanos) {
    int worker = idle.pop();
    kindServed[worker] = kind;
    busy[kind]++;
    meter.busy(kind, busy[kind]);
    meter.waited(kind, waitedNanos);
    if (work instanceof WireRequest request) {
      env.serve(request.replyTo()); // no longer the one whose worker is free now
    }
    workers.get(worker).tell(new PoolWorker.Take(work, service.cost(work)));
  }

  private void overflow(R work) {
    if (spec.overflow() == QueueSpec.WhenFull.REJECT || !(work instanceof WireRequest request)) {
      turnAway(work, "full");
      return;
    }
    meter.rejected("full");
    if (spec.overflow() == QueueSpec.WhenFull.REFUSE) {
      env.refuse(request, "full");
    } else {
      env.discard(request, "full");
    }
  }

  private void turnAway(R work, String reason) {
    meter.rejected(reason);
    env.dropped(work, reason);
    service.reject(work, env);
  }
}
