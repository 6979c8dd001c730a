package dev.cascade.models.sparta;

import dev.cascade.models.logs.Log;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * What the handlers of one instance share: its sessions, its copy of the allocation, and the work
 * on those services whose home it is. Work on one service is done by one worker at a time; workers
 * of different services do not know of each other.
 */
final class Allocator extends AbstractBehavior<WireMessage> {
  /** What other actors of this process ask; no such message crosses the network. */
  private sealed interface Local extends WireMessage {}

  /**
   * A handler has a request.
   *
   * @param whenDone takes the answer
   */
  record Asked(Wire.FromClient request, Consumer<WireMessage> whenDone) implements Local {}

  /**
   * The version of this instance is older than what the client knows.
   *
   * @param snapshot what there is
   */
  record Behind(Recovery recovery, Wire.Snapshot snapshot) implements Local {}

  /** Other components take the place of those that run. */
  record Replace(@Nullable CommitPolicy commit, @Nullable Recovery recovery) implements Local {}

  private record Done(int worker, AllocationWorker.Job job) implements Local {}

  private record ProposalAnswered(AllocationWorker.Job job, Outcome outcome) implements Local {}

  private record StageDue(int service, long noticed) implements Local {}

  private record ReplicationDue(int peer, Allocation allocation, List<Integer> subjects)
      implements Local {}

  private enum Tick implements Local {
    INSTANCE
  }

  private static final String BUILD_FILE = "build";
  private static final String EPOCH_FILE = "epoch";

  /** Versions of an epoch; the epoch stands before them. */
  private static final int EPOCH_SHIFT = 32;

  /** After which a proposal is given up, and made again: a guess. */
  private static final Duration PROPOSAL_TIMEOUT = Duration.ofSeconds(5);

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final SpartaConfig config;
  private final List<Address> instances; // their allocators
  private final int self;
  private final AllocatorMeter meter;
  private final Log log;
  private final Replicator replicator;

  private Build build;
  private Allocation allocation;
  private final Sessions sessions = new Sessions();
  private final Duty[] duties;
  private final TreeSet<Integer> pending = new TreeSet<>(); // services to be worked on
  private final List<Asked> waiting = new ArrayList<>(); // a handler each
  private final List<ActorRef<AllocationWorker.Job>> workers = new ArrayList<>();
  private final ArrayDeque<Integer> idle = new ArrayDeque<>();

  private Allocator(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      SpartaConfig config,
      int services,
      List<Address> instances,
      int self,
      String entry,
      Log log) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.instances = instances;
    this.self = self;
    this.meter = new AllocatorMeter(env, entry);
    this.log = log;
    this.replicator = new Replicator(env, config, self, instances.size());
    Disk disk = env.disk(Disk.Lifetime.MACHINE);
    this.build =
        disk.read(BUILD_FILE, Build.class).orElse(new Build(config.commit(), config.recovery(), 0));
    boolean settled = config.settled() && env.nowNanos() == 0;
    meter.runs(build);
    this.allocation =
        settled ? Allocation.full(services, config.stages()) : Allocation.empty(services);
    if (build.commit() == CommitPolicy.SINGLE_WRITER && self == 0) {
      long epoch = disk.read(EPOCH_FILE, Long.class).orElse(0L) + 1;
      disk.write(EPOCH_FILE, epoch);
      allocation = allocation.with(List.of(), epoch << EPOCH_SHIFT);
    }
    this.duties = new Duty[services];
    for (int service = 0; service < services; service++) {
      duties[service] = settled ? Duty.settled() : new Duty();
    }
    env.costs(this::cost);
    timers.startTimerWithFixedDelay(Tick.INSTANCE, config.tick());
    for (int peer = 0; peer < instances.size(); peer++) {
      if (peer != self) {
        env.send(instances.get(peer), new Wire.Started(self));
      }
    }
  }

  static ProcessSpec<WireMessage> spec(
      SpartaConfig config, int services, List<Address> instances, int self, String entry, Log log) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers ->
                    new Allocator(env, timers, config, services, instances, self, entry, log)));
  }

  private Cost cost(WireMessage message) {
    boolean commits = message instanceof Done || message instanceof Wire.Replicate;
    return commits ? Cost.work(config.commitCpu()) : Cost.FREE;
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Asked.class, this::onAsked)
        .onMessage(Replace.class, this::onReplace)
        .onMessage(Done.class, this::onDone)
        .onMessage(ProposalAnswered.class, this::onProposalAnswered)
        .onMessage(StageDue.class, this::onStageDue)
        .onMessage(ReplicationDue.class, this::onReplicationDue)
        .onMessage(Tick.class, tick -> onTick())
        .onMessage(Wire.Noticed.class, this::onNoticed)
        .onMessage(Wire.Replicate.class, this::onReplicate)
        .onMessage(Wire.Started.class, this::onStarted)
        .onMessage(Wire.Propose.class, this::onPropose)
        .build();
  }

  // ---- sessions

  private Behavior<WireMessage> onAsked(Asked asked) {
    Wire.FromClient request = asked.request();
    if (request instanceof Wire.Open open) {
      boolean isNew = sessions.find(open) == null;
      sessions.open(open, env.nowNanos());
      meter.sessions(sessions.count());
      if (isNew) {
        meter.opened();
        notice(open.service(), open.session(), Wire.Presence.CONNECTED);
      }
      tell(asked, open.known());
    } else if (request instanceof Wire.Resync resync) {
      tell(asked, resync.known());
    } else if (request instanceof Wire.Ping ping) {
      boolean lives = sessions.heard(ping, env.nowNanos()) != null;
      asked
          .whenDone()
          .accept(lives ? new Wire.Pong(ping.session()) : new Wire.NoSession(ping.session()));
    } else if (request instanceof Wire.Close close) {
      if (sessions.close(close) != null) {
        meter.sessions(sessions.count());
        notice(
            close.service(),
            close.session(),
            close.evicted() ? Wire.Presence.GONE : Wire.Presence.DISCONNECTED);
      }
      asked.whenDone().accept(new Wire.Pong(close.session()));
    }
    return this;
  }

  /** Tells a client all of the allocation, unless the client knows of a newer one. */
  private void tell(Asked asked, long known) {
    Sessions.Session session = sessions.heard(asked.request(), env.nowNanos());
    if (session == null) {
      asked.whenDone().accept(new Wire.NoSession(asked.request().session()));
    } else if (known <= allocation.version()) {
      asked.whenDone().accept(session.snapshot(allocation));
    } else if (build.commit().centralCommit()) {
      waiting.add(asked); // it is on its way here
    } else if (build.recovery() == Recovery.NONE) {
      asked.whenDone().accept(session.snapshot(allocation));
    } else {
      asked.whenDone().accept(new Behind(build.recovery(), session.snapshot(allocation)));
    }
  }

  private Behavior<WireMessage> onTick() {
    long ttlNanos = config.sessionTtl().toNanos();
    for (Sessions.Session expired : sessions.expire(env.nowNanos(), ttlNanos)) {
      meter.expired();
      log.warn("session_expired");
      notice(expired.service, expired.number, Wire.Presence.GONE);
    }
    meter.sessions(sessions.count());
    meter.utilization(config.cores());
    for (int service = 0; service < duties.length; service++) {
      long over = duties[service].over(env.nowNanos(), ttlNanos);
      if (over >= 0) {
        noticed(service, over, Wire.Presence.GONE);
      }
    }
    return this;
  }

  // ---- work

  /** Tells the instance that works on this service what was noticed here. */
  private void notice(int service, long session, Wire.Presence presence) {
    int home = build.commit() == CommitPolicy.SINGLE_WRITER ? 0 : service % instances.size();
    if (home == self) {
      noticed(service, session, presence);
    } else {
      env.send(instances.get(home), new Wire.Noticed(service, session, presence));
    }
  }

  private Behavior<WireMessage> onNoticed(Wire.Noticed noticed) {
    noticed(noticed.service(), noticed.session(), noticed.presence());
    return this;
  }

  private void noticed(int service, long session, Wire.Presence presence) {
    if (duties[service].notice(session, presence, env.nowNanos())) {
      pending.add(service);
      startWork();
    }
  }

  private void startWork() {
    if (build.commit() == CommitPolicy.SINGLE_WRITER) {
      if (idle.size() == workers.size()) {
        startWork(List.copyOf(pending)); // all that waits at once
      }
    } else {
      List.copyOf(pending).forEach(service -> startWork(List.of(service)));
    }
  }

  private void startWork(List<Integer> services) {
    List<Wire.Changed> changes = new ArrayList<>();
    for (int service : services) {
      if (duties[service].mayStart()) {
        Share share = duties[service].start(allocation.share(service), config.stages());
        changes.add(new Wire.Changed(service, share.encoded()));
        pending.remove(service);
      }
    }
    if (!changes.isEmpty()) {
      int worker = idle.isEmpty() ? spawnWorker() : idle.pop();
      meter.busy(workers.size() - idle.size());
      workers.get(worker).tell(new AllocationWorker.Job(allocation, changes));
    }
  }

  /** No more than there are services, each of which has at most one at work. */
  private int spawnWorker() {
    int number = workers.size();
    ActorRef<WireMessage> allocator = getContext().getSelf();
    workers.add(
        env.spawn(
            "worker-" + (number + 1),
            AllocationWorker.spec(config, job -> allocator.tell(new Done(number, job)))));
    return number;
  }

  private Behavior<WireMessage> onDone(Done done) {
    idle.push(done.worker());
    meter.busy(workers.size() - idle.size());
    AllocationWorker.Job job = done.job();
    if (!build.commit().centralCommit() || self == 0) {
      settle(job, commit(job.allocation(), job.changes()));
    } else {
      env.request(
          instances.get(0),
          replyTo -> new Wire.Propose(job.base(), job.changes(), replyTo),
          PROPOSAL_TIMEOUT,
          outcome -> new ProposalAnswered(job, outcome));
    }
    return this;
  }

  /**
   * Makes what was worked out the allocation.
   *
   * @return whether it was
   */
  private boolean commit(Allocation base, List<Wire.Changed> changes) {
    CommitPolicy policy = build.commit();
    if (!policy.commits(allocation, base.version())) {
      meter.conflict();
      return false;
    }
    meter.committed(base.version() != allocation.version());
    Allocation from = policy == CommitPolicy.LAST_WRITER_WINS ? base : allocation;
    Allocation next = from.with(changes, policy.versionAfter(allocation, base.version()));
    List<Integer> subjects = changes.stream().map(Wire.Changed::service).toList();
    install(next, subjects, "commit");
    for (int peer = 0; peer < instances.size(); peer++) {
      if (peer != self) {
        timers.startSingleTimer(
            new Object(),
            new ReplicationDue(peer, next, subjects),
            replicator.delay(peer, env.nowNanos()));
      }
    }
    return true;
  }

  private Behavior<WireMessage> onProposalAnswered(ProposalAnswered answered) {
    boolean committed = false;
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Decided decided) {
      committed = decided.committed();
      if (build.commit().accepts(allocation, decided.allocation())) {
        install(decided.allocation(), List.of(), "replication");
      }
    }
    settle(answered.job(), committed);
    return this;
  }

  private Behavior<WireMessage> onPropose(Wire.Propose propose) {
    Allocation base = new Allocation(propose.base(), allocation.shares());
    boolean committed = commit(base, propose.changes());
    env.reply(propose.replyTo(), new Wire.Decided(committed, allocation));
    return this;
  }

  /** A worker's result was committed, or must be worked out again. */
  private void settle(AllocationWorker.Job job, boolean committed) {
    for (Wire.Changed change : job.changes()) {
      int service = change.service();
      Duty duty = duties[service];
      duty.done();
      if (!committed) {
        duty.again();
      }
      if (duty.mayStart()) {
        pending.add(service);
      } else if (duty.settles(Share.decoded(change.share()), config.stages())) {
        timers.startSingleTimer(
            "stage-" + service,
            new StageDue(service, duty.noticed()),
            config.units(config.settleGap()));
      }
    }
    startWork();
  }

  private Behavior<WireMessage> onStageDue(StageDue due) {
    if (duties[due.service()].noticed() == due.noticed()) {
      duties[due.service()].again();
      pending.add(due.service());
      startWork();
    }
    return this;
  }

  // ---- copies

  private void install(Allocation next, List<Integer> subjects, String by) {
    Allocation before = allocation;
    if (next.version() < before.version()) {
      meter.decreased(by, before.version(), next.version());
    }
    allocation = next;
    meter.version(next.version());
    TreeSet<Integer> changed = new TreeSet<>(before.differences(next));
    changed.addAll(subjects);
    for (Sessions.Session session : sessions.all()) {
      Wire.Delta delta = session.delta(next, changed);
      if (delta != null) {
        meter.pushed();
        env.send(session.client, delta);
      }
    }
    List<Asked> satisfied =
        waiting.stream().filter(each -> known(each) <= allocation.version()).toList();
    waiting.removeAll(satisfied);
    satisfied.forEach(each -> tell(each, known(each)));
  }

  private static long known(Asked asked) {
    return asked.request() instanceof Wire.Open open
        ? open.known()
        : ((Wire.Resync) asked.request()).known();
  }

  private Behavior<WireMessage> onReplicationDue(ReplicationDue due) {
    env.send(
        instances.get(due.peer()),
        replicator.message(due.peer(), due.allocation(), due.subjects()));
    return this;
  }

  private Behavior<WireMessage> onReplicate(Wire.Replicate received) {
    for (Wire.Replicate each : replicator.take(received)) {
      if (build.commit().accepts(allocation, each.allocation())) {
        install(each.allocation(), each.subjects(), "replication");
      }
    }
    return this;
  }

  private Behavior<WireMessage> onStarted(Wire.Started started) {
    if (allocation.version() > 0) {
      env.send(
          instances.get(started.instance()),
          replicator.message(started.instance(), allocation, List.of()));
    }
    return this;
  }

  private Behavior<WireMessage> onReplace(Replace replace) {
    build = build.with(replace.commit(), replace.recovery());
    env.disk(Disk.Lifetime.MACHINE).write(BUILD_FILE, build);
    meter.replaced(build);
    return this;
  }
}
