package dev.cascade.models.failover;

import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.provider.ProviderCall;
import dev.cascade.models.provider.ProviderReply;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the moves of a batch, so many at once, each as often as it takes; tells people at its end.
 *
 * @param <C> what the job understands that it belongs to
 */
final class Mover<C> {
  private static final String PROGRESS = "progress";

  /** Runs something in a turn of the job's. */
  interface Later<C> {
    /**
     * The message on which it is run.
     *
     * @param wait after which it comes by itself; null if somebody else sends it
     */
    C after(@Nullable Duration wait, Runnable next);
  }

  private final Env<C> env;
  private final AutomationConfig config;
  private final Surface surface;
  private final Log log;
  private final Later<C> later;
  private final Consumer<Boolean> busy;
  private final Consumer<Optional<String>> ended;
  private final Disk disk;

  private Batch batch = new Batch(new Progress(List.of(), 0));
  private boolean probed;
  private Optional<String> stopped = Optional.empty();

  /**
   * The mover of a job.
   *
   * @param busy is told when a batch begins and ends
   * @param ended is told at its end, with the reason if it was stopped, or moved nothing
   */
  Mover(
      Env<C> env,
      AutomationConfig config,
      Surface surface,
      Log log,
      Later<C> later,
      Consumer<Boolean> busy,
      Consumer<Optional<String>> ended) {
    this.env = env;
    this.config = config;
    this.surface = surface;
    this.log = log;
    this.later = later;
    this.busy = busy;
    this.ended = ended;
    this.disk = env.disk(Disk.Lifetime.VOLUME);
  }

  /** Goes on with what a process before this one has left; false if it left nothing. */
  boolean resume() {
    Optional<Progress> left = disk.read(PROGRESS, Progress.class);
    left.ifPresent(
        progress -> {
          log.batchResumed(progress.left().size());
          start(progress);
        });
    return left.isPresent();
  }

  void begin(Progress progress) {
    log.batchStarted(progress.left().size());
    start(progress);
  }

  private void start(Progress progress) {
    batch = new Batch(progress);
    probed = config.check().probe() == null;
    stopped = Optional.empty();
    busy.accept(true);
    advance();
  }

  private void advance() {
    // Before the first is known to work, the others wait.
    int atOnce = probed ? config.check().parallel() : 1;
    while (batch.hasWaiting() && batch.open() < atOnce) {
      ask(batch.next(), 1);
    }
    keepProgress();
    if (batch.isDone()) {
      end();
    }
  }

  private void keepProgress() {
    if (config.check().persistProgress()) {
      disk.write(PROGRESS, batch.progress());
    }
  }

  private void end() {
    disk.delete(PROGRESS);
    log.batchEnded(batch.moved());
    if (stopped.isEmpty()) {
      log.page(batch.moved() > 0 ? "batch-ended" : "nothing-moved");
    }
    busy.accept(false);
    ended.accept(batch.moved() == 0 && stopped.isEmpty() ? Optional.of("nothing-moved") : stopped);
  }

  private void ask(Plan.Move move, int attempt) {
    env.request(
        surface.provider(),
        to -> new ProviderCall.MoveVip(move.vip(), node(move.to()), to),
        config.calls().moveTimeout(),
        outcome -> later.after(null, () -> answered(move, attempt, status(outcome))));
  }

  private Address node(String host) {
    return Address.of(host, config.nodeProcess());
  }

  private static int status(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply) {
      return reply.message() instanceof ProviderReply.NotMoved no ? no.status() : 200;
    }
    return 504;
  }

  private void answered(Plan.Move move, int attempt, int status) {
    if (status == 200) {
      log.moved(move);
      if (config.check().notifyEach()) {
        log.page("vip-failed-over");
      }
      if (probed) {
        done(move, true);
      } else {
        probe(move, 1);
      }
    } else if (status == 409) {
      // What is being moved already is waited for: the provider ends each move that it has taken.
      later.after(config.calls().retryAfter(), () -> ask(move, attempt));
    } else if (status >= 500 && attempt < config.calls().attempts()) {
      later.after(config.calls().retryAfter(), () -> ask(move, attempt + 1));
    } else {
      log.notMoved(move, status);
      done(move, false);
    }
  }

  private void done(Plan.Move move, boolean moved) {
    batch.ended(move, moved && stopped.isEmpty());
    advance();
  }

  // ---- whether the first one works

  private void probe(Plan.Move move, int attempt) {
    ProbeConfig how = config.check().probe();
    Address vip = surface.vips().get(move.vip());
    if (how == null || vip == null) {
      passed(move);
      return;
    }
    env.request(
        vip,
        to -> new HttpRequest(how.path(), to),
        how.timeout(),
        outcome ->
            later.after(
                null,
                () -> {
                  if (Ending.of(outcome) == Ending.SUCCESS) {
                    passed(move);
                  } else if (attempt < how.attempts()) {
                    probe(move, attempt + 1);
                  } else {
                    takeBack(move);
                  }
                }));
  }

  private void passed(Plan.Move move) {
    probed = true;
    done(move, true);
  }

  /** It goes back, and nothing else is moved. */
  private void takeBack(Plan.Move move) {
    log.probeFailed(move);
    log.page("probe-failed");
    probed = true;
    stopped = Optional.of("probe-failed");
    Plan.Move back = new Plan.Move(move.vip(), move.to(), move.from());
    batch.turnBack(move, back);
    keepProgress();
    ask(back, 1);
  }
}
