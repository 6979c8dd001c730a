package dev.cascade.models.service;

import dev.cascade.models.call.CallClient;
import dev.cascade.models.call.CallEnding;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Cost;
import dev.cascade.node.WorkerPool;
import java.util.List;
import java.util.function.Consumer;

/**
 * The calls that one request makes: a group of parallel ones after the other, until all have
 * succeeded, or one has failed that the server cannot do without. A group is always waited for.
 */
final class CallSequence {
  private final List<CallStep> steps;
  private final long deadlineNanos;
  private final long key;
  private final WorkerPool.Worker worker;

  private int next;
  private int open;
  private HttpResponse response = HttpResponse.OK;

  /**
   * The calls of a request.
   *
   * @param deadlineNanos when its client stops waiting; negative if nobody says or heeds it
   * @param key what it asks for of many alike, which its calls ask for, too
   */
  CallSequence(List<CallStep> steps, long deadlineNanos, long key, WorkerPool.Worker worker) {
    this.steps = steps;
    this.deadlineNanos = deadlineNanos;
    this.key = key;
    this.worker = worker;
  }

  /** Makes the calls, and says at the end what they let the server answer. */
  void run(Consumer<HttpResponse> whenDone) {
    while (open == 0 && next < steps.size() && response.succeeded()) {
      do {
        start(steps.get(next++), whenDone);
      } while (next < steps.size() && steps.get(next).call().parallel());
    }
    if (open == 0) {
      whenDone.accept(response);
    }
  }

  private void start(CallStep step, Consumer<HttpResponse> whenDone) {
    if (!step.isDue()) {
      return;
    }
    open++;
    Consumer<CallEnding> then =
        worker.await(
            ending -> {
              Cost without =
                  ending != CallEnding.SUCCESS && step.call().fallback()
                      ? step.fallbackCost()
                      : Cost.FREE;
              if (without.isFree()) {
                ended(step, ending, whenDone);
              } else {
                worker.spend(without, () -> ended(step, ending, whenDone));
              }
            });
    step.client().tell(new CallClient.Make(deadlineNanos, key, then));
  }

  private void ended(CallStep step, CallEnding ending, Consumer<HttpResponse> whenDone) {
    open--;
    if (ending != CallEnding.SUCCESS && !step.call().fallback() && response.succeeded()) {
      response = ending.response();
    }
    if (open == 0) {
      run(whenDone);
    }
  }
}
