package dev.cascade.node;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A pool's listening socket: takes work from the network to the waiting line. */
final class PoolSocket<R> extends AbstractBehavior<R> {
  /**
   * Between two that come in the same instant, as all do that a stopped program finds when it goes
   * on. A system call takes about so long (a guess); one by one costs nothing.
   */
  private static final Cost ACCEPT = new Cost(0, 1_000);

  private final Env<R> env;
  private final ActorRef<PoolQueue.Command> line;
  private long lastNanos = -1;

  PoolSocket(Env<R> env, WorkerPool<R> pool) {
    super(env.context());
    this.env = env;
    String process = env.self().process();
    this.line =
        env.spawn("queue", ProcessSpec.of(queueEnv -> new PoolQueue<>(queueEnv, pool, process)));
    env.costs(work -> env.nowNanos() == lastNanos ? ACCEPT : Cost.FREE);
  }

  @Override
  public Receive<R> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onWork).build();
  }

  private Behavior<R> onWork(R work) {
    lastNanos = env.nowNanos();
    line.tell(new PoolQueue.Arrived(work));
    return this;
  }
}
