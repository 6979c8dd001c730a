package dev.cascade.models.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.engine.Entry;
import dev.cascade.models.call.Call;
import dev.cascade.models.call.CircuitBreaker;
import dev.cascade.models.call.ConnectionPool;
import dev.cascade.models.call.Hedging;
import dev.cascade.models.http.Backoff;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.models.http.Retries;
import dev.cascade.models.http.RetryBudget;
import dev.cascade.models.http.RetryOn;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.QueueSpec.WhenFull;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** A server that calls another one, as its own clients see it. */
class CallScenarioTest {
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Call CALL = Call.of("back", "/", MINUTE);

  /** Ten threads; what is asked of them holds one for a second. */
  private static final ServiceConfig BACK = back(10, QueueSpec.of(100));

  /** Its one thread is busy for an hour, and it says so to everybody else. */
  private static final ServiceConfig BUSY =
      ServiceConfig.of(
          1, QueueSpec.of(0).overflow(WhenFull.REJECT), List.of(held("/", Duration.ofHours(1))));

  private static Endpoint held(String path, Duration hold) {
    return new Endpoint(path, path, NOTHING, DurationDistribution.constant(hold), null);
  }

  private static ServiceConfig back(int threads, QueueSpec queue) {
    return ServiceConfig.of(threads, queue, List.of(held("/", Duration.ofSeconds(1))));
  }

  private static ServiceConfig front(int threads, Call... calls) {
    return ServiceConfig.of(
        threads, QueueSpec.of(1000), List.of(held("/", Duration.ZERO).calls(calls)));
  }

  /** Asks so often, one every {@code gap}, each waiting until the deadline; notes the answers. */
  private static Entry client(
      int requests, Duration gap, Duration deadline, List<String> outcomes) {
    return Entry.of(
        "client",
        1,
        placement -> {
          placement.template(
              "client",
              HostSpec.cores(1),
              boot -> {
                Address front = boot.addresses("front").get(0);
                boot.start(
                    "main",
                    ProcessSpec.<String>of(
                        env ->
                            Behaviors.withTimers(
                                timers -> {
                                  for (int i = 0; i < requests; i++) {
                                    timers.startSingleTimer(
                                        i, "ask", gap.multipliedBy(i).plusNanos(1));
                                  }
                                  return Behaviors.receiveMessage(
                                      message -> {
                                        if (message.equals("ask")) {
                                          env.request(
                                              front,
                                              replyTo ->
                                                  HttpRequest.until(
                                                      deadline.toNanos(), "/", replyTo),
                                              Duration.ofHours(2),
                                              CallScenarioTest::said);
                                        } else {
                                          outcomes.add(message + " " + env.now().toSeconds());
                                        }
                                        return Behaviors.same();
                                      });
                                })));
              });
          placement.replicas("client");
        });
  }

  private static String said(Outcome outcome) {
    return outcome instanceof Outcome.Reply reply && reply.message() instanceof HttpResponse http
        ? String.valueOf(http.status())
        : outcome.getClass().getSimpleName();
  }

  private final List<String> outcomes = new ArrayList<>();

  private TestWorld run(ServiceConfig front, ServiceConfig back, int requests, Duration gap) {
    return run(front, back, requests, gap, Duration.ofHours(1));
  }

  private TestWorld run(
      ServiceConfig front, ServiceConfig back, int requests, Duration gap, Duration deadline) {
    TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("front", new ServiceModel(), front, 1),
            TestWorld.entry("back", new ServiceModel(), back, 1),
            client(requests, gap, deadline, outcomes));
    world.runFor(Duration.ofMinutes(2));
    assertThat(world.engine().messages().missing()).isZero();
    return world;
  }

  /** All at once, against a target that answers after a second. */
  private List<String> ask(int requests, ServiceConfig front) {
    try (TestWorld world = run(front, BACK, requests, Duration.ZERO)) {
      assertThat(world.gauge("http_client_connections_in_use")).isZero();
      assertThat(world.gauge("http_client_connections_pending")).isZero();
    }
    return outcomes;
  }

  @Test
  void aThreadIsOccupiedWhileItsCallIsOpen() {
    assertThat(ask(3, front(2, CALL))).containsExactly("200 1", "200 1", "200 2");
  }

  @Test
  void callsAreMadeInTurn() {
    assertThat(
            ask(1, front(1, CALL, Call.of("back", "/", MINUTE).beside("second"), named("third"))))
        .containsExactly("200 2"); // the first two together, then the third
  }

  private static Call named(String name) {
    return new Call(name, "back", "/", new Ratio(1), false, MINUTE, null, null, null, null, false);
  }

  @Test
  void aCallThatTimesOutMakesItsServerAGatewayThatDoes() {
    assertThat(ask(1, front(1, Call.of("back", "/", Duration.ofMillis(500)))))
        .containsExactly("504 0");
  }

  @Test
  void aCallThatFailsMakesItsServerABadGateway() {
    assertThat(ask(1, front(1, Call.of("back", "/nothing", MINUTE)))).containsExactly("502 0");
  }

  @Test
  void whatAServerCanDoWithoutDoesNotFailIt() {
    Call optional = Call.of("back", "/", Duration.ofMillis(1500)).optional();
    try (TestWorld world = run(front(1, optional), BUSY, 2, Duration.ofSeconds(5))) {
      assertThat(outcomes).containsExactly("200 1", "200 5"); // one times out, one is told 503
      assertThat(world.count("http_client_call_fallbacks_total")).isEqualTo(2);
      assertThat(world.count("http_client_calls_failed")).isEqualTo(2);
    }
  }

  @Test
  void onlyAShareOfRequestsMakesACall() {
    Call some =
        new Call(
            "some", "back", "/", new Ratio(0.25), false, MINUTE, null, null, null, null, false);
    try (TestWorld world = run(front(10, some), BACK, 1000, Duration.ofMillis(100))) {
      // 1000 of probability 1/4: 250, with a deviation of 13.7; four of them are 55.
      assertThat(world.count("http_client_calls_total")).isBetween(195L, 305L);
    }
  }

  @Test
  void withoutAFreeConnectionACallWaitsOrOverflows() {
    ConnectionPool pool = new ConnectionPool(1, 1, null);

    assertThat(ask(3, front(10, CALL.connectionPool(pool))))
        .containsExactly("503 0", "200 1", "200 2");
  }

  @Test
  void whoWaitsTooLongForAConnectionOverflows() {
    ConnectionPool pool = new ConnectionPool(1, 10, Duration.ofMillis(1500));

    assertThat(ask(4, front(10, CALL.connectionPool(pool))))
        .containsExactly("200 1", "503 1", "503 1", "200 2");
  }

  @Test
  void theTimeoutCountsTheWaitForAConnection() {
    Call call =
        Call.of("back", "/", Duration.ofMillis(1500))
            .connectionPool(new ConnectionPool(1, 10, null));

    assertThat(ask(2, front(10, call))).containsExactly("200 1", "504 1");
  }

  @Test
  void aConnectionIsFreeAgainAfterATimeout() {
    Call call =
        Call.of("back", "/", Duration.ofMillis(500))
            .connectionPool(ConnectionPool.withoutPending(1));
    try (TestWorld world = run(front(10, call), BACK, 2, Duration.ofMillis(600))) {
      assertThat(world.count("http_client_calls_total", "outcome=\"timeout\"")).isEqualTo(2);
    }
  }

  @Test
  void retriesAreMadeAfterTheirWaitAndOnlyAfterWhatTheySay() {
    Backoff second = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), Backoff.Jitter.NONE);
    Call call = Call.of("back", "/nothing", MINUTE).retries(Retries.atOnce(3).backoff(second));
    assertThat(ask(1, front(1, call))).containsExactly("502 0"); // a 404 is as it is

    outcomes.clear();
    Call hasty =
        Call.of("back", "/", Duration.ofMillis(500)).retries(Retries.atOnce(3).backoff(second));
    assertThat(ask(1, front(1, hasty))).containsExactly("504 5"); // 4 × 0.5 s and 3 × 1 s

    outcomes.clear();
    Call other = hasty.retries(new Retries(3, second, null, List.of(RetryOn.SERVER_ERROR)));
    assertThat(ask(1, front(1, other))).containsExactly("504 0");
  }

  /**
   * The first request keeps the thread busy. The bucket is full until the second one fails: 10
   * tokens, and an eighth for each of the 80 requests from then on.
   */
  @Test
  void retriesStayWithinTheirBudget() {
    Call call = CALL.retries(Retries.atOnce(3).budget(new RetryBudget(new Ratio(0.125), 10)));
    try (TestWorld world = run(front(10, call), BUSY, 82, Duration.ofSeconds(1))) {
      assertThat(world.count("http_client_call_retries_total")).isEqualTo(20);
      assertThat(world.count("http_client_call_attempts_total")).isEqualTo(82 + 20);
      assertThat(world.count("http_client_call_retries_denied_total")).isPositive();
    }
  }

  @Test
  void anOpenBreakerLeavesTheTargetAloneAndClosesWhenItIsWell() {
    CircuitBreaker breaker = new CircuitBreaker(new Ratio(0.5), 2, 2, Duration.ofSeconds(10), 1);
    Call call = Call.of("back", "/", Duration.ofMillis(500)).circuitBreaker(breaker);
    try (TestWorld world = run(front(1, call), BACK, 30, Duration.ofSeconds(1))) {
      // Two time-outs at 0 and 1 s; then one trial each 11 s: the wait is counted from its end.
      assertThat(outcomes.subList(0, 5))
          .containsExactly("504 0", "504 1", "503 2", "503 3", "503 4");
      assertThat(world.count("http_client_call_attempts_total")).isEqualTo(4);
      assertThat(world.count("http_client_calls_total", "outcome=\"circuit-open\"")).isEqualTo(26);
      assertThat(world.gauge("http_client_circuit_breaker_state")).isEqualTo(2);
    }
  }

  @Test
  void aFailedAttemptIsHedgedAtOnce() {
    Call call = CALL.hedging(new Hedging(3, Duration.ofSeconds(30)));
    try (TestWorld world = run(front(10, call), BUSY, 2, Duration.ofSeconds(1))) {
      // The first keeps the thread busy, and is hedged after 30 s; the second hears 503 three
      // times.
      assertThat(outcomes).containsExactly("502 1", "504 60");
      assertThat(world.count("http_client_call_hedges_total")).isEqualTo(2 + 2);
    }
  }

  @Test
  void aHedgeWaitsForAConnectionAndLeavesWithItsCall() {
    Call call =
        CALL.connectionPool(new ConnectionPool(1, 10, null))
            .hedging(new Hedging(2, Duration.ofMillis(300)));
    try (TestWorld world = run(front(10, call), BACK, 1, Duration.ZERO)) {
      assertThat(outcomes).containsExactly("200 1");
      assertThat(world.count("http_client_call_hedges_total")).isEqualTo(1);
      assertThat(world.count("http_client_call_attempts_total")).isEqualTo(1);
      assertThat(world.gauge("http_client_connections_in_use")).isZero();
      assertThat(world.gauge("http_client_connections_pending")).isZero();
    }
  }

  @Test
  void aCallWaitsNoLongerThanItsServersOwnClient() {
    Duration deadline = Duration.ofSeconds(3);
    ServiceConfig back = ServiceConfig.of(1, QueueSpec.of(9), List.of(held("/", MINUTE)));
    try (TestWorld world = run(front(1, CALL), back, 1, Duration.ZERO, deadline)) {
      assertThat(outcomes).containsExactly("504 60"); // nobody heeds it
      assertThat(world.gauge("http_client_connections_in_use")).isZero();
    }
    outcomes.clear();
    try (TestWorld world = run(front(1, CALL).withDeadlines(), back, 1, Duration.ZERO, deadline)) {
      assertThat(outcomes).containsExactly("504 3");
      assertThat(world.gauge("http_client_connections_in_use")).isZero();
    }
  }

  @Test
  void aCallIsNotMadeOnceNobodyWaits() {
    ServiceConfig front =
        ServiceConfig.of(1, QueueSpec.of(9), List.of(held("/", Duration.ofSeconds(2)).calls(CALL)))
            .withDeadlines();
    try (TestWorld world = run(front, BACK, 1, Duration.ZERO, Duration.ofSeconds(1))) {
      assertThat(outcomes).containsExactly("504 2");
      assertThat(world.count("http_client_calls_total", "outcome=\"deadline\"")).isEqualTo(1);
      assertThat(world.count("http_client_call_attempts_total")).isZero();
    }
  }

  @Test
  void noRetryIsMadeThatWouldComeTooLate() {
    Backoff wait = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), Backoff.Jitter.NONE);
    Call call =
        Call.of("back", "/", Duration.ofMillis(500)).retries(Retries.atOnce(3).backoff(wait));
    try (TestWorld world =
        run(front(1, call).withDeadlines(), BACK, 1, Duration.ZERO, Duration.ofSeconds(5))) {
      assertThat(outcomes).containsExactly("504 0");
      assertThat(world.count("http_client_call_attempts_total")).isEqualTo(1);
    }
  }

  @Test
  void aServerThatHeedsDeadlinesTurnsAwayWhatNobodyWaitsFor() {
    Call call = Call.of("back", "/", Duration.ofMillis(1500));
    ServiceConfig deaf = back(1, QueueSpec.of(100));
    try (TestWorld world = run(front(10, call), deaf, 5, Duration.ZERO)) {
      assertThat(world.count("http_server_requests_total", "service=\"back\"")).isEqualTo(5);
    }
    try (TestWorld world = run(front(10, call), deaf.withDeadlines(), 5, Duration.ZERO)) {
      // One is served at 0 s and one at 1 s; when that is done, all have left since 1.5 s.
      assertThat(world.count("http_server_requests_total", "service=\"back\"")).isEqualTo(2);
      assertThat(world.count("service_rejected_total", "reason=\"deadline\"")).isEqualTo(3);
    }
  }

  @Test
  void metricsAreThoseThatAreDocumented() {
    Call call = Call.of("back", "/", Duration.ofMillis(1500));
    ServiceConfig back =
        back(1, QueueSpec.of(0))
            .withDeadlines()
            .limit(ConcurrencyLimit.of(ConcurrencyLimit.Algorithm.FIXED, 10));
    try (TestWorld world = run(front(10, call), back, 2, Duration.ZERO)) {
      assertThat(
              world.series().stream()
                  .map(series -> series.replaceAll("\\{.*", ""))
                  .distinct()
                  .filter(name -> !name.equals("messages_dropped_total"))) // the engine's own
          .containsExactlyInAnyOrderElementsOf(
              new ServiceModel()
                  .metrics().stream()
                      .map(MetricInfo::name)
                      .filter(name -> !name.startsWith("cache_")) // CacheScenarioTest has those
                      .filter(name -> !name.startsWith("log_")) // and LogScenarioTest these
                      .toList());
    }
  }

  @Test
  void mistakesAreToldWithTheirValues() {
    assertThatThrownBy(() -> held("/", MINUTE).calls(CALL.beside("first")))
        .hasMessageContaining("(first) is the first");
    assertThatThrownBy(() -> front(1, CALL, CALL)).hasMessageContaining("The calls (back)");
    assertThatThrownBy(
            () -> CALL.retries(Retries.atOnce(1)).hedging(new Hedging(2, Duration.ofSeconds(1))))
        .hasMessageContaining("exclude each other");
    assertThatThrownBy(() -> CALL.hedging(new Hedging(2, MINUTE)))
        .hasMessageContaining("hedgingDelay (PT1M)");
    assertThatThrownBy(() -> CALL.connectionPool(new ConnectionPool(1, 1, MINUTE.multipliedBy(2))))
        .hasMessageContaining("pendingTimeout (PT2M)");
  }
}
