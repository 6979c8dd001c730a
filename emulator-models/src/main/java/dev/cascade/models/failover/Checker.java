package dev.cascade.models.failover;

import dev.cascade.models.classifier.Classification;
import dev.cascade.models.files.FileClient;
import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.provider.ProviderCall;
import dev.cascade.models.provider.ProviderReply;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The background job that looks after the addresses: loads the classifier, checks the nodes, and
 * hands what must move to the {@link Mover}; then it begins again.
 */
final class Checker extends AbstractBehavior<Checker.Command> {
  sealed interface Command {}

  private enum CheckDue implements Command {
    INSTANCE
  }

  private record GoOn(Runnable next) implements Command {}

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final AutomationConfig config;
  private final Surface surface;
  private final Log log;
  private final Mover<Command> mover;
  private final FileClient<Command> files;

  private long startedNanos;

  private Checker(
      Env<Command> env,
      TimerScheduler<Command> timers,
      AutomationConfig config,
      Surface surface,
      Consumer<Boolean> busy) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.surface = surface;
    this.log = new Log(env, surface.pager());
    this.files = new FileClient<>(env, config.disk(), GoOn::new);
    this.mover = new Mover<>(env, config, surface, log, this::after, busy, this::batchEnded);
    if (!mover.resume()) {
      timers.startSingleTimer(CheckDue.INSTANCE, Duration.ZERO);
    }
  }

  /**
   * The job as a child of the program.
   *
   * @param busy is told when a batch begins and ends, in the job's turn
   */
  static ProcessSpec<Command> spec(
      AutomationConfig config, Surface surface, Consumer<Boolean> busy) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Checker(env, timers, config, surface, busy)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CheckDue.class, due -> onCheckDue())
        .onMessage(GoOn.class, this::onGoOn)
        .build();
  }

  private Behavior<Command> onGoOn(GoOn goOn) {
    goOn.next().run();
    return this;
  }

  /** Runs something in a turn of this job: after a wait, or at the end of a request. */
  private Command after(@Nullable Duration wait, Runnable next) {
    GoOn goOn = new GoOn(next);
    if (wait != null) {
      timers.startSingleTimer(goOn, goOn, wait);
    }
    return goOn;
  }

  // ---- what the classifier says

  private Behavior<Command> onCheckDue() {
    startedNanos = env.nowNanos();
    log.checkStarted();
    load(this::loaded);
    return this;
  }

  private void load(Consumer<Classification> then) {
    files.read(
        config.classifier().path(),
        config.classifier().lockReads(),
        text ->
            text.flatMap(Classification::parse).ifPresentOrElse(then, () -> failed("unreadable")));
  }

  private void loaded(Classification first) {
    if (config.check().confirmAfter() == null) {
      believed(first);
      return;
    }
    after(
        config.check().confirmAfter(),
        () ->
            load(
                second -> {
                  if (saysTheSame(first, second)) {
                    believed(second);
                  } else {
                    log.page("readings-differ");
                    failed("readings-differ");
                  }
                }));
  }

  /** Of what matters here: releases may have changed meanwhile. */
  private boolean saysTheSame(Classification first, Classification second) {
    String service = config.service();
    return first.profileOf(service).equals(second.profileOf(service))
        && first.candidates(service).equals(second.candidates(service));
  }

  private void failed(String reason) {
    log.checkFailed(reason);
    rest();
  }

  // ---- what is

  private void believed(Classification classification) {
    List<String> candidates = classification.candidates(config.service());
    env.request(
        surface.provider(),
        ProviderCall.ListRoutes::new,
        config.calls().listTimeout(),
        outcome ->
            new GoOn(
                () -> {
                  if (outcome instanceof Outcome.Reply reply
                      && reply.message() instanceof ProviderReply.Routes routes) {
                    log.loaded(
                        classification, config.service(), candidates, routes.routes().values());
                    checkNodes(candidates, routes.routes());
                  } else {
                    failed("no-routes");
                  }
                }));
  }

  private void checkNodes(List<String> candidates, SortedMap<String, Address> routes) {
    if (candidates.isEmpty()) {
      failed("no-candidates");
      return;
    }
    TreeSet<String> well = new TreeSet<>();
    int[] open = {candidates.size()};
    for (String node : candidates) {
      env.request(
          Purpose.HEALTH_CHECK,
          Address.of(node, config.nodeProcess()),
          to -> new HttpRequest(config.check().healthPath(), to),
          config.check().healthTimeout(),
          outcome ->
              new GoOn(
                  () -> {
                    if (Ending.of(outcome) == Ending.SUCCESS) {
                      well.add(node);
                    }
                    if (--open[0] == 0) {
                      decide(routes, well);
                    }
                  }));
    }
  }

  private void decide(SortedMap<String, Address> routes, Set<String> well) {
    List<Plan.Move> moves = Plan.moves(routes, well);
    if (moves.isEmpty()) {
      log.checkDone();
      rest();
    } else if (moves.size() > config.check().maxMoved().value() * routes.size()) {
      log.page("too-many-moves");
      failed("too-many-moves");
    } else {
      mover.begin(new Progress(moves, 0));
    }
  }

  // ---- what comes next

  private void batchEnded(Optional<String> stopped) {
    if (stopped.isPresent()) {
      rest();
    } else {
      timers.startSingleTimer(CheckDue.INSTANCE, Duration.ZERO);
    }
  }

  /** Until the next check is due by the clock. */
  private void rest() {
    long every = config.check().every().toNanos();
    long since = env.nowNanos() - startedNanos;
    timers.startSingleTimer(CheckDue.INSTANCE, Duration.ofNanos(every - since % every));
  }
}
