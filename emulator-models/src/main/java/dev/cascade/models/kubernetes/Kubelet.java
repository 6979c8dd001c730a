package dev.cascade.models.kubernetes;

import dev.cascade.models.service.Server;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Runs the pods that the API server assigned to its node, probes them, and reports. */
final class Kubelet extends AbstractBehavior<Kubelet.Command> {
  static final String PROCESS = "kubelet";

  /**
   * The name under which the disk keeps the pods that were started, as a container runtime does.
   */
  private static final String CONTAINERS = "containers";

  /** What it understands. */
  sealed interface Command {}

  /** From the API server. */
  sealed interface Wire extends Command, WireMessage {}

  /**
   * All pods that this node should run.
   *
   * @param revision of the cluster that says so; an older one has been overtaken
   */
  record AssignedPods(long revision, List<PodSpec> pods) implements Wire {
    @Override
    public int sizeBytes() {
      return ApiServer.OBJECT_BYTES * (1 + 3 * pods.size()); // 3 kB a pod: a guess
    }
  }

  private record StartDue(String pod, int attempt) implements Command {}

  private record StopDue(String pod) implements Command {}

  private record Judged(String pod, int attempt, Prober.Purpose purpose, boolean passes)
      implements Command {}

  private enum StatusDue implements Command {
    INSTANCE
  }

  private enum RelistDue implements Command {
    INSTANCE
  }

  private record Containers(List<PodSpec> pods) {}

  /** A pod of this node. */
  private static final class LocalPod {
    final PodSpec spec;
    final List<ActorRef<Prober.Command>> probers = new ArrayList<>();
    int attempt;
    boolean running;
    boolean ready;
    boolean stopping;

    LocalPod(PodSpec spec) {
      this.spec = spec;
    }
  }

  private final Env<Command> env;
  private final NodeConfig config;
  private final Address apiServer;
  private final TimerScheduler<Command> timers;
  private final RandomStream startTimes;

  private final Map<String, LocalPod> pods = new TreeMap<>();
  private long revision = -1;

  private Kubelet(
      Env<Command> env,
      NodeConfig config,
      Address apiServer,
      Duration registerAfter,
      TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.apiServer = apiServer;
    this.timers = timers;
    this.startTimes = env.random("pod-start");
    timers.startTimerWithFixedDelay(StatusDue.INSTANCE, registerAfter, config.statusInterval());
    timers.startTimerWithFixedDelay(RelistDue.INSTANCE, config.relistInterval());
    adopt();
  }

  static ProcessSpec<Command> spec(NodeConfig config, Address apiServer, Duration registerAfter) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new Kubelet(env, config, apiServer, registerAfter, timers)));
  }

  /** The process that a pod is on its node. */
  static String process(String pod) {
    return "pod-" + pod;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(AssignedPods.class, this::onAssignedPods)
        .onMessage(StartDue.class, this::onStartDue)
        .onMessage(StopDue.class, this::onStopDue)
        .onMessage(Judged.class, this::onJudged)
        .onMessage(StatusDue.class, this::onStatusDue)
        .onMessage(RelistDue.class, this::onRelistDue)
        .build();
  }

  /** Pods outlive their kubelet: one that comes back finds them, and probes them anew. */
  private void adopt() {
    disk()
        .read(CONTAINERS, Containers.class)
        .ifPresent(
            containers -> {
              for (PodSpec spec : containers.pods()) {
                if (env.control().isRunning(process(spec.name()))) {
                  LocalPod pod = new LocalPod(spec);
                  pods.put(spec.name(), pod);
                  pod.attempt++;
                  began(pod, Address.of(env.host().name(), process(spec.name())));
                }
              }
            });
  }

  private Behavior<Command> onAssignedPods(AssignedPods assigned) {
    if (assigned.revision() < revision) {
      return this; // overtaken on the way
    }
    revision = assigned.revision();
    Map<String, PodSpec> wanted = new TreeMap<>();
    assigned.pods().forEach(spec -> wanted.put(spec.name(), spec));
    for (PodSpec spec : wanted.values()) {
      if (!pods.containsKey(spec.name())) {
        pods.put(spec.name(), new LocalPod(spec));
        startAfter(spec.name(), Duration.ofNanos(config.podStart().sampleNanos(startTimes)));
      }
    }
    for (LocalPod pod : pods.values()) {
      if (!wanted.containsKey(pod.spec.name()) && !pod.stopping) {
        stop(pod);
      }
    }
    return this;
  }

  private void startAfter(String name, Duration delay) {
    LocalPod pod = pods.get(name);
    if (pod != null) {
      timers.startSingleTimer(name, new StartDue(name, ++pod.attempt), delay);
    }
  }

  private void stop(LocalPod pod) {
    pod.stopping = true;
    stopProbers(pod);
    String name = pod.spec.name();
    timers.startSingleTimer(
        name, new StopDue(name), pod.running ? config.podStop() : Duration.ZERO);
  }

  private Behavior<Command> onStartDue(StartDue due) {
    LocalPod pod = pods.get(due.pod());
    if (pod == null || pod.stopping || pod.attempt != due.attempt()) {
      return this; // not wanted any more
    }
    Address address = env.control().start(process(due.pod()), container(pod.spec));
    began(pod, address);
    keep();
    return this;
  }

  private void began(LocalPod pod, Address address) {
    pod.running = true;
    probe(pod, address, Prober.Purpose.READINESS, pod.spec.readiness());
    probe(pod, address, Prober.Purpose.LIVENESS, pod.spec.liveness());
    if (pod.spec.readiness() == null) {
      setReady(pod, true);
    }
  }

  private void keep() {
    List<PodSpec> started = new ArrayList<>();
    for (LocalPod pod : pods.values()) {
      if (pod.running) {
        started.add(pod.spec);
      }
    }
    disk().write(CONTAINERS, new Containers(List.copyOf(started)));
  }

  private Disk disk() {
    return env.disk(Disk.Lifetime.MACHINE);
  }

  private ProcessSpec<?> container(PodSpec spec) {
    if (spec.server() != null) {
      return Server.spec(spec.service(), spec.server());
    }
    if (spec.ingress() != null) {
      return IngressController.spec(spec.ingress(), apiServer, config.proxyResync());
    }
    throw new IllegalStateException("The pod (" + spec.name() + ") has nothing to run.");
  }

  private void probe(
      LocalPod pod, Address address, Prober.Purpose purpose, @Nullable ProbeConfig probe) {
    if (probe == null) {
      return;
    }
    ActorRef<Command> self = getContext().getSelf();
    String name = pod.spec.name();
    int attempt = pod.attempt;
    ProcessSpec<Prober.Command> spec =
        Prober.spec(
            address,
            purpose,
            probe,
            passes -> self.tell(new Judged(name, attempt, purpose, passes)));
    pod.probers.add(env.spawn(purpose.word() + "-" + name + "-" + attempt, spec));
  }

  private Behavior<Command> onStopDue(StopDue due) {
    LocalPod pod = pods.remove(due.pod());
    if (pod != null && pod.running) {
      env.control().kill(process(due.pod()));
      keep();
      env.event("pod-stopped", "pod", due.pod());
    }
    return this;
  }

  private Behavior<Command> onJudged(Judged judged) {
    LocalPod pod = pods.get(judged.pod());
    if (pod == null || pod.attempt != judged.attempt() || pod.stopping) {
      return this; // about a container that is gone
    }
    if (judged.purpose() == Prober.Purpose.READINESS) {
      setReady(pod, judged.passes());
    } else if (!judged.passes()) {
      env.control().kill(process(judged.pod()));
      restart(pod, "liveness");
    }
    return this;
  }

  private void setReady(LocalPod pod, boolean ready) {
    if (pod.ready != ready) {
      pod.ready = ready;
      env.event(ready ? "pod-ready" : "pod-unready", "pod", pod.spec.name());
      report();
    }
  }

  private void restart(LocalPod pod, String reason) {
    env.event("pod-restarted", "pod", pod.spec.name(), "reason", reason);
    env.metrics()
        .counter(
            "kubelet_container_restarts_total", "service", pod.spec.service(), "reason", reason)
        .increment();
    stopProbers(pod);
    pod.running = false;
    setReady(pod, false);
    startAfter(pod.spec.name(), backoff(pod.attempt));
  }

  /** 10 s, 20 s, 40 s … 300 s. (The kubelet forgets after ten minutes without failure.) */
  private Duration backoff(int attempts) {
    Duration wait = config.restartBackoff();
    for (int i = 1; i < attempts && wait.compareTo(config.restartBackoffMax()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(config.restartBackoffMax()) < 0 ? wait : config.restartBackoffMax();
  }

  private void stopProbers(LocalPod pod) {
    pod.probers.forEach(getContext()::stop);
    pod.probers.clear();
  }

  private Behavior<Command> onStatusDue(StatusDue due) {
    report();
    return this;
  }

  private Behavior<Command> onRelistDue(RelistDue due) {
    for (LocalPod pod : pods.values()) {
      if (pod.running && !pod.stopping && !env.control().isRunning(process(pod.spec.name()))) {
        restart(pod, "exited");
      }
    }
    return this;
  }

  private void report() {
    List<String> ready = new ArrayList<>();
    for (LocalPod pod : pods.values()) {
      if (pod.ready) {
        ready.add(pod.spec.name());
      }
    }
    env.send(
        apiServer,
        new ApiServer.NodeStatus(
            env.self(), env.host().zone(), env.host().entry(), config.allocatableCores(), ready));
  }
}
