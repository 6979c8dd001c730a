package dev.cascade.node;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** One worker of a pool: a thread, a process of uWSGI's. */
final class PoolWorker<R> extends AbstractBehavior<PoolWorker.Command>
    implements WorkerPool.Worker {
  /** What a worker understands. */
  sealed interface Command {}

  /** Work to do, at a cost that is paid before it is handled. */
  record Take(Object work, Cost cost) implements Command {}

  private record Returned(Outcome outcome, Consumer<Outcome> whenDone) implements Command {}

  /** What another actor of the process was waited for. */
  private record Handed(Runnable whenDone) implements Command {}

  /** What the work turned out to cost besides. */
  private record Spent(Cost cost, Runnable then) implements Command {}

  private final Env<Command> env;
  private final WorkerPool.Service<R> service;
  private final Runnable ready;

  private int callsOpen;

  PoolWorker(Env<Command> env, WorkerPool.Service<R> service, Runnable ready) {
    super(env.context());
    this.env = env;
    this.service = service;
    this.ready = ready;
  }

  /** What a message costs a worker. */
  static Cost cost(Command command) {
    if (command instanceof Take take) {
      return take.cost();
    }
    return command instanceof Spent spent ? spent.cost() : Cost.FREE;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Take.class, this::onTake)
        .onMessage(Returned.class, this::onReturned)
        .onMessage(Handed.class, this::onHanded)
        .onMessage(Spent.class, this::onSpent)
        .build();
  }

  private Behavior<Command> onTake(Take take) {
    @SuppressWarnings("unchecked") // one worker has work of one type
    R work = (R) take.work();
    service.serve(work, this);
    readyUnlessCalling();
    return this;
  }

  private Behavior<Command> onReturned(Returned returned) {
    callsOpen--;
    returned.whenDone().accept(returned.outcome());
    readyUnlessCalling();
    return this;
  }

  private Behavior<Command> onHanded(Handed handed) {
    callsOpen--;
    handed.whenDone().run();
    readyUnlessCalling();
    return this;
  }

  private Behavior<Command> onSpent(Spent spent) {
    callsOpen--;
    spent.then().run();
    readyUnlessCalling();
    return this;
  }

  private void readyUnlessCalling() {
    if (callsOpen == 0) {
      ready.run();
    }
  }

  @Override
  public Env<?> env() {
    return env;
  }

  @Override
  public void request(
      Address to,
      Function<ReplyTo, ? extends WireRequest> request,
      Duration timeout,
      Consumer<Outcome> whenDone) {
    callsOpen++;
    env.request(to, request, timeout, outcome -> new Returned(outcome, whenDone));
  }

  @Override
  public void spend(Cost cost, Runnable then) {
    callsOpen++;
    getContext().getSelf().tell(new Spent(cost, then));
  }

  @Override
  public <T> Consumer<T> await(Consumer<T> whenDone) {
    if (callsOpen >= WorkerPool.MAX_AWAITED) {
      throw new IllegalStateException(
          "The worker waits for " + callsOpen + " results at once, the most that there may be.");
    }
    callsOpen++;
    ActorRef<Command> self = getContext().getSelf();
    return result -> self.tell(new Handed(() -> whenDone.accept(result)));
  }
}
