package dev.cascade.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Workers behind one bounded queue: a uWSGI pool, a docker daemon, 200 handler threads. Each worker
 * is an actor, so the pool uses as much of its host's CPU as its workers get in competition with
 * all others there.
 *
 * <p>Three kinds of actors make it: the process itself stands for the listening socket, which goes
 * on taking connections while the program is stopped; its child {@code queue} holds the waiting
 * line and hands work to the queue's children {@code worker-1} to {@code worker-n}.
 *
 * @param <R> the work: requests, commands
 * @param workers how many there are
 * @param queue where work waits
 * @param names how its metrics are called
 * @param service makes what the workers do; called in the queue's actor, again after a crash
 */
public record WorkerPool<R>(
    int workers, QueueSpec queue, Names names, Function<Env<?>, Service<R>> service) {
  /** Results that a worker can wait for at once: a bound for its mailbox, far beyond any use. */
  public static final int MAX_AWAITED = 64;

  public WorkerPool {
    if (workers < 1) {
      throw new IllegalArgumentException(
          "The pool needs at least one worker, not (" + workers + ").");
    }
  }

  /**
   * Work that is measured, and may be limited, together: a path, a kind of command.
   *
   * @param name the value of its label in metrics
   * @param limit workers that it may occupy at once, a bulkhead; {@link Integer#MAX_VALUE} if none
   */
  public record Kind(String name, int limit) {
    public Kind {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "The limit (" + limit + ") of " + name + " must be at least one worker.");
      }
    }

    /** Work without a limit. */
    public static Kind of(String name) {
      return new Kind(name, Integer.MAX_VALUE);
    }
  }

  /**
   * What the workers do.
   *
   * @param <R> the work
   */
  public interface Service<R> {
    /** All kinds of work that there are. */
    List<Kind> kinds();

    /** The place of this work's kind in {@link #kinds}; called in the queue's actor. */
    int kindOf(R work);

    /**
     * Whether nobody waits for this work any more: it is turned away in place of being served.
     * Called in the queue's actor, as a worker is about to take the work up.
     */
    default boolean isPastDeadline(R work) {
      return false;
    }

    /**
     * Whether this work is let in at all: work that is not is turned away at once. Called in the
     * queue's actor for work that would find a worker or a place in the line.
     *
     * @param inFlight work that waits or is being served, this not included
     */
    default boolean admits(R work, int inFlight) {
      return true;
    }

    /** What the work costs; called in the queue's actor, once, as a worker takes it up. */
    Cost cost(R work);

    /** Does the work after its cost was paid, and answers it; called in the worker's actor. */
    void serve(R work, Worker worker);

    /**
     * Says no to work that finds a line full that rejects, or that has waited too long; called in
     * the queue's actor.
     */
    void reject(R work, Env<?> env);
  }

  /** One worker as its work sees it. */
  public interface Worker {
    /** The worker's own. */
    Env<?> env();

    /**
     * Calls another process. The worker is occupied until the outcome has come and was handled.
     *
     * @param whenDone handles the outcome in the worker's actor; it may call again
     */
    void request(
        Address to,
        Function<ReplyTo, ? extends WireRequest> request,
        Duration timeout,
        Consumer<Outcome> whenDone);

    /**
     * Waits for another actor of the same process. The worker is occupied until the result has come
     * and was handled; it can wait for up to {@link #MAX_AWAITED} at once.
     *
     * @param whenDone handles the result in the worker's actor
     * @return takes the result, once, in the other actor's turn
     */
    <T> Consumer<T> await(Consumer<T> whenDone);

    /**
     * Spends more on the work, as its first cost was spent: for what was not known before. The
     * worker is occupied until it was spent and {@code then} has run.
     */
    void spend(Cost cost, Runnable then);
  }

  /**
   * How a pool's metrics are called: {@code <prefix>_threads_busy} and so on.
   *
   * @param prefix of every name, {@code service}
   * @param kindLabel the label that tells kinds of work apart, {@code path}
   * @param labels of every metric, keys and values in turn; a gauge has {@code process} besides
   */
  public record Names(String prefix, String kindLabel, List<String> labels) {
    public Names {
      labels = List.copyOf(labels);
    }

    /** Documentation of the metrics that a pool keeps. */
    public static List<MetricInfo> documentation(
        String prefix, String kindLabel, String... labelKeys) {
      String[] process = with(labelKeys, "process");
      return List.of(
          MetricInfo.gauge(prefix + "_threads", "Workers of a pool.", process),
          MetricInfo.gauge(
              prefix + "_threads_busy",
              "Workers that serve this kind of work.",
              with(process, kindLabel)),
          MetricInfo.gauge(
              prefix + "_queue_length", "Work that waits for a worker of a pool.", process),
          MetricInfo.histogram(
              prefix + "_queue_wait_seconds",
              "How long work waited until a worker took it up.",
              with(labelKeys, kindLabel)),
          MetricInfo.counter(
              prefix + "_rejected_total",
              "Work that was not served: the queue was full, it had expired, its deadline had passed, or"
                  + " a limit was reached.",
              with(labelKeys, "reason")));
    }

    private static String[] with(String[] keys, String another) {
      List<String> all = new ArrayList<>(List.of(keys));
      all.add(another);
      return all.toArray(String[]::new);
    }
  }

  /**
   * The pool as a process. Taking work in costs nothing; a CPU limit set on the result holds for
   * all workers together.
   */
  public ProcessSpec<R> spec() {
    ProcessSpec<R> socket = ProcessSpec.of(env -> new PoolSocket<>(env, this));
    // The socket's mailbox fills only while the program is stopped. What then finds it full meets
    // the kernel, which cannot say 503. It holds no less than the pool does, so that the pool's
    // own line is the one that overflows.
    Overflow overflow =
        queue.overflow() == QueueSpec.WhenFull.REFUSE ? Overflow.REFUSE : Overflow.DROP_NEWEST;
    return socket.mailbox(queue.capacity() + workers, overflow);
  }
}
