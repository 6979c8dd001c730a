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
  /** The client's time-out for a move: what providers' libraries have (components G1). */
  private static final Duration MOVE_TIMEOUT = Duration.ofMinutes(3);

  /** A provider that stumbles is asked again so often: a guess. */
  private static final int ATTEMPTS = 5;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** A probe goes through a route that has just changed: as often as that takes to settle. */
  private static final int PROBES = 3;

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

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
   * @param ended is told at its end, with the reason if it was stopped
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
    probed = config.check().probePath() == null;
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
    if (config.check().persistProgress()) {
      disk.write(PROGRESS, batch.progress());
    }
    if (batch.isDone()) {
      end();
    }
  }

  private void end() {
    disk.delete(PROGRESS);
    log.batchEnded(batch.moved());
    if (batch.moved() > 0) {
      log.page("batch-ended");
    }
    busy.accept(false);
    ended.accept(batch.moved() == 0 ? Optional.of("nothing-moved") : stopped);
  }

  private void ask(Plan.Move move, int attempt) {
    env.request(
        surface.provider(),
        to -> new ProviderCall.MoveVip(move.vip(), node(move.to()), to),
        MOVE_TIMEOUT,
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
    } else if (status == 409 || (status >= 500 && attempt < ATTEMPTS)) {
      // What is being moved already is waited for, however long that takes.
      later.after(RETRY_AFTER, () -> ask(move, attempt + 1));
    } else {
      log.notMoved(move, status);
      done(move, false);
    }
  }

  private void done(Plan.Move move, boolean moved) {
    batch.ended(move, moved);
    advance();
  }

  // ---- whether the first one works

  private void probe(Plan.Move move, int attempt) {
    String path = config.check().probePath();
    Address vip = surface.vips().get(move.vip());
    if (path == null || vip == null) {
      passed(move);
      return;
    }
    env.request(
        vip,
        to -> new HttpRequest(path, to),
        PROBE_TIMEOUT,
        outcome ->
            later.after(
                null,
                () -> {
                  if (Ending.of(outcome) == Ending.SUCCESS) {
                    passed(move);
                  } else if (attempt < PROBES) {
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
    batch.stop();
    probed = true;
    stopped = Optional.of("probe-failed");
    ask(new Plan.Move(move.vip(), move.to(), move.from()), 1);
    batch.ended(move, false);
  }
}
