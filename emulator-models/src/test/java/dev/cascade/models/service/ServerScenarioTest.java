package dev.cascade.models.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Entry;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.HostSpec;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.QueueSpec.WhenFull;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server as its clients see it. */
class ServerScenarioTest {
  private static final DurationDistribution SECOND =
      DurationDistribution.constant(Duration.ofSeconds(1));
  private static final CpuDiscipline SHARING = CpuDiscipline.PROCESSOR_SHARING;
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);

  private static Endpoint held(String path, @Nullable Integer maxConcurrency) {
    return new Endpoint(path, path, NOTHING, SECOND, maxConcurrency);
  }

  /** A client that asks for all paths at once, and notes what becomes of each, and when. */
  private static Entry client(List<String> paths, List<String> outcomes) {
    return Entry.of(
        "client",
        1,
        placement -> {
          placement.template(
              "client",
              HostSpec.cores(1),
              boot -> {
                Address server = boot.addresses("server").get(0);
                boot.start(
                    "main",
                    ProcessSpec.<String>of(
                        env -> {
                          for (String path : paths) {
                            env.request(
                                server,
                                replyTo -> new HttpRequest(path, replyTo),
                                Duration.ofSeconds(10),
                                outcome -> path + " " + said(outcome));
                          }
                          return Behaviors.receiveMessage(
                              said -> {
                                outcomes.add(said + " " + env.now().toSeconds());
                                return Behaviors.same();
                              });
                        }));
              });
          placement.replicas("client");
        });
  }

  private static String said(Outcome outcome) {
    return outcome instanceof Outcome.Reply reply && reply.message() instanceof HttpResponse http
        ? String.valueOf(http.status())
        : outcome.getClass().getSimpleName();
  }

  private static List<String> ask(ServiceConfig config, String... paths) {
    List<String> outcomes = new ArrayList<>();
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("server", new ServiceModel(), config, 1),
            client(List.of(paths), outcomes))) {
      world.runFor(Duration.ofSeconds(60));
      assertThat(world.engine().messages().missing()).isZero();
    }
    return outcomes;
  }

  @Test
  void threadsServeAtOnceAndOthersWait() {
    ServiceConfig config = ServiceConfig.of(2, QueueSpec.of(10), List.of(held("/", null)));

    assertThat(ask(config, "/", "/", "/")).containsExactly("/ 200 1", "/ 200 1", "/ 200 2");
  }

  @Test
  void aFullQueueDropsRefusesOrRejects() {
    QueueSpec queue = QueueSpec.of(0);
    List<Endpoint> endpoints = List.of(held("/", null));

    assertThat(ask(ServiceConfig.of(1, queue, endpoints), "/", "/"))
        .containsExactly("/ 200 1", "/ TimedOut 10");
    assertThat(ask(ServiceConfig.of(1, queue.overflow(WhenFull.REFUSE), endpoints), "/", "/"))
        .containsExactly("/ Refused 0", "/ 200 1");
    assertThat(ask(ServiceConfig.of(1, queue.overflow(WhenFull.REJECT), endpoints), "/", "/"))
        .containsExactly("/ 503 0", "/ 200 1");
  }

  @Test
  void whatNobodyServesIsNotFound() {
    ServiceConfig config = ServiceConfig.of(1, QueueSpec.of(10), List.of(held("/", null)));

    assertThat(ask(config, "/other")).containsExactly("/other 404 0");
  }

  @Test
  void anEndpointsLimitLeavesThreadsToOthers() {
    ServiceConfig config =
        ServiceConfig.of(2, QueueSpec.of(10), List.of(held("/", null), held("/health", 1)));

    assertThat(ask(config, "/health", "/health", "/"))
        .containsExactly("/health 200 1", "/ 200 1", "/health 200 2");
  }

  @Test
  void workersShareTheirHostsCpu() {
    List<Endpoint> endpoints = List.of(Endpoint.cpu("/", SECOND));
    String[] four = {"/", "/", "/", "/"};

    assertThat(ask(new ServiceConfig(4, QueueSpec.of(10), endpoints, 4, SHARING), four))
        .containsOnly("/ 200 1");
    assertThat(ask(new ServiceConfig(4, QueueSpec.of(10), endpoints, 1, SHARING), four))
        .containsOnly("/ 200 4");
    assertThat(
            ask(
                new ServiceConfig(
                    4, QueueSpec.of(10), endpoints, 1, CpuDiscipline.FIRST_COME_FIRST_SERVED),
                four))
        .containsExactly("/ 200 1", "/ 200 2", "/ 200 3", "/ 200 4");
  }

  @Test
  void whatExpiredIsTurnedAwayWhenItsTurnComes() {
    QueueSpec queue = QueueSpec.of(10).expireAfter(Duration.ofMillis(1500));
    ServiceConfig config = ServiceConfig.of(1, queue, List.of(held("/", null)));

    assertThat(ask(config, "/", "/", "/", "/"))
        .containsExactlyInAnyOrder("/ 200 1", "/ 200 2", "/ 503 2", "/ 503 2");
  }

  @Test
  void aStoppedProgramsSocketGoesOnFilling() {
    List<String> outcomes = new ArrayList<>();
    QueueSpec queue = QueueSpec.of(3).overflow(WhenFull.REFUSE);
    ServiceConfig config = ServiceConfig.of(1, queue, List.of(held("/", null)));
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("server", new ServiceModel(), config, 1),
            client(List.of("/", "/", "/", "/", "/", "/"), outcomes))) {
      Address server = Address.of("server-1", ServiceModel.PROCESS);
      world.engine().pauseProcess(server, true);
      world.runFor(Duration.ofSeconds(3));
      assertThat(outcomes).containsExactly("/ Refused 0", "/ Refused 0");

      world.engine().pauseProcess(server, false);
      world.runFor(Duration.ofSeconds(10));
      assertThat(outcomes.subList(2, 6))
          .containsExactly("/ 200 4", "/ 200 5", "/ 200 6", "/ 200 7");
    }
  }

  @Test
  void metricsAreThoseThatAreDocumented() {
    ServiceConfig config =
        ServiceConfig.of(1, QueueSpec.of(0), List.of(held("/", null)))
            .limit(ConcurrencyLimit.of(ConcurrencyLimit.Algorithm.FIXED, 10));
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("server", new ServiceModel(), config, 1),
            client(List.of("/", "/"), new ArrayList<>()))) {
      world.runFor(Duration.ofSeconds(5));

      assertThat(
              world.series().stream()
                  .map(series -> series.replaceAll("\\{.*", ""))
                  .distinct()
                  .filter(name -> !name.equals("messages_dropped_total"))) // the engine's own
          .containsExactlyInAnyOrderElementsOf(
              Server.metrics().stream().map(MetricInfo::name).toList());
    }
  }
}
