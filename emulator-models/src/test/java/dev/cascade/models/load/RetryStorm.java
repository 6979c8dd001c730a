package dev.cascade.models.load;

import dev.cascade.engine.EngineSettings;
import dev.cascade.models.http.Retries;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Address;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;

/**
 * One server of 10/s, exponential, with one worker and a queue of 100; users who wait 3 s and then
 * send again at once, up to 4 times.
 */
final class RetryStorm implements AutoCloseable {
  static final double CAPACITY = 10;
  static final Duration TIMEOUT = Duration.ofSeconds(3);
  static final Retries RETRIES = Retries.atOnce(4);
  static final QueueSpec QUEUE = QueueSpec.of(100);

  private static final Address SERVER = Address.of("server-1", ServiceModel.PROCESS);

  private final TestWorld world;

  private RetryStorm(TestWorld world) {
    this.world = world;
  }

  static RetryStorm of(long seed, double perSecond, QueueSpec queue, Retries retries) {
    return of(seed, perSecond, queue, retries, TestWorld.WITHOUT_RETRANSMITS);
  }

  static RetryStorm of(
      long seed, double perSecond, QueueSpec queue, Retries retries, NetworkPlan network) {
    Endpoint endpoint = Endpoint.cpu("/", DurationDistribution.exponential(Duration.ofMillis(100)));
    ServiceConfig service =
        new ServiceConfig(1, queue, List.of(endpoint), 1, CpuDiscipline.PROCESSOR_SHARING);
    LoadConfig load = LoadConfig.atRate("server", "/", perSecond).patience(TIMEOUT, retries);
    return new RetryStorm(
        TestWorld.start(
            new EngineSettings(seed, 1, network, false),
            TestWorld.entry("server", new ServiceModel(), service, 1),
            TestWorld.entry("users", new LoadModel(), load, 1)));
  }

  void run(Duration time) {
    world.runFor(time);
  }

  /** The server stands still for so long, as under SIGSTOP; its listen queue does not. */
  void stopServerFor(Duration time) {
    world.engine().pauseProcess(SERVER, true);
    world.runFor(time);
    world.engine().pauseProcess(SERVER, false);
  }

  /** The share of requests that succeed, among those that end in this time from now on. */
  double successRatioOver(Duration time) {
    long successes = successes();
    long ended = ended();
    world.runFor(time);
    return (double) (successes() - successes) / (ended() - ended);
  }

  private long successes() {
    return world.count("http_client_requests_total", "outcome=\"success\"");
  }

  private long ended() {
    return world.count("http_client_requests_total");
  }

  long attempts() {
    return world.count("http_client_attempts_total");
  }

  TestWorld world() {
    return world;
  }

  @Override
  public void close() {
    world.close();
  }
}
