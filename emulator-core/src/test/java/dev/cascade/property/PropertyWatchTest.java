package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Properties over a run with ticks of a second; what trackers do alone is in their tests. */
class PropertyWatchTest {
  private static final Duration TWO = Duration.ofSeconds(2);
  private static final Duration THREE = Duration.ofSeconds(3);

  @Test
  void theWarmUpIsNotJudged() {
    Emulated run = new Emulated(2).watching(PropertySpec.always("a", "gauge('threads') < 5"));
    run.a.gauge("threads").set(9);
    run.tick();
    assertThat(run.state()).isEqualTo(MonitorState.WARMING_UP);
    run.a.gauge("threads").set(4);
    run.ticks(3);

    PropertyResult result = run.finish();

    assertThat(result.result()).isEqualTo(Result.HOLDS);
    assertThat(result.measured()).isEqualTo(4);
    assertThat(run.state()).isEqualTo(MonitorState.HOLDING);
  }

  @Test
  void nothingInTheWarmUpTriggersOrAnswers() {
    Emulated run =
        new Emulated(1)
            .watching(
                PropertySpec.eventually("a", "event('leader-lost')", TWO),
                PropertySpec.sometimes("b", "true").when("event('leader-lost')"),
                PropertySpec.sometimes("c", "true").when("gauge('threads') > 5"));
    run.a.gauge("threads").set(9);
    run.a.gauge("threads").set(1);
    run.event(0.5, "leader-lost").ticks(3);

    assertThat(run.results())
        .extracting(PropertyResult::result)
        .containsExactly(Result.VIOLATED, Result.UNKNOWN, Result.UNKNOWN);
  }

  @Test
  void anInstantReachesAndHoldingTakesAllOfATick() {
    Emulated run =
        new Emulated(0)
            .watching(
                PropertySpec.eventually("a", "gauge('threads') > 5", TWO),
                PropertySpec.eventually("b", "gauge('threads') > 5", TWO)
                    .holdsFor(Duration.ofSeconds(1)));
    for (int tick = 0; tick < 4; tick++) {
      run.a.gauge("threads").set(9);
      run.a.gauge("threads").set(1);
      run.tick();
    }

    assertThat(run.results())
        .extracting(PropertyResult::result)
        .containsExactly(Result.HOLDS, Result.VIOLATED);
    assertThat(run.results().get(0).measured()).as("the nearest to it").isEqualTo(9);
  }

  @Test
  void anInstantBetweenTwoTicksIsSeen() {
    Emulated run = new Emulated(0).watching(PropertySpec.always("a", "gauge('threads') < 5"));
    run.a.gauge("threads").set(1);
    run.tick();
    run.a.gauge("threads").set(8);
    run.a.gauge("threads").set(2);
    run.ticks(2);

    PropertyResult result = run.finish();

    assertThat(result.result()).isEqualTo(Result.VIOLATED);
    assertThat(result.firstViolation()).isEqualTo(Duration.ofSeconds(2));
    assertThat(result.longestViolation()).isZero();
    assertThat(result.measured()).isEqualTo(8);
    assertThat(result.reason()).isNull();
  }

  @Test
  void neverIsJudgedAtItsWorstToo() {
    Emulated run = new Emulated(0).watching(PropertySpec.never("a", "gauge('threads') > 5"));
    run.a.gauge("threads").set(8);
    run.a.gauge("threads").set(2);
    run.ticks(2);

    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    assertThat(run.finish().measured()).isEqualTo(8);
  }

  @Test
  void forAsksForLastingViolations() {
    PropertySpec spec = PropertySpec.always("a", "gauge('threads') < 5").lasting(TWO);
    Emulated brief = new Emulated(0).watching(spec);
    brief.a.gauge("threads").set(9);
    brief.ticks(2);
    brief.a.gauge("threads").set(1);
    brief.ticks(2);
    // The tick in which it fell still knows the 9: false at 1, 2 and 3 s.
    assertThat(brief.finish().result()).isEqualTo(Result.VIOLATED);

    Emulated briefer = new Emulated(0).watching(spec);
    briefer.a.gauge("threads").set(9);
    briefer.tick();
    briefer.a.gauge("threads").set(1);
    briefer.ticks(3);
    assertThat(briefer.finish().result()).isEqualTo(Result.HOLDS);
    assertThat(briefer.finish().longestViolation()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void windowsAreJudgedOnceTheyAreFull() {
    PropertySpec spec = PropertySpec.always("a", "rate('drops_total', '2s') <= 1");
    Emulated run = new Emulated(1).watching(spec);
    run.a.counter("drops_total").add(100);
    run.tick();
    run.a.counter("drops_total").add(2);
    run.tick();
    assertThat(run.state()).as("half a window").isEqualTo(MonitorState.WARMING_UP);
    run.tick();

    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);
    assertThat(run.finish().measured()).isEqualTo(1);
  }

  @Test
  void aRunShorterThanItsWindowsTellsNothing() {
    Emulated run =
        new Emulated(1).watching(PropertySpec.always("a", "rate('drops_total', '1m') < 1"));
    run.ticks(10);
    assertThat(run.finish().result()).isEqualTo(Result.UNKNOWN);
    assertThat(run.finish().reason()).contains("longest window");

    Emulated inWarmup = new Emulated(20).watching(PropertySpec.sometimes("a", "true"));
    inWarmup.ticks(10);
    assertThat(inWarmup.finish().reason()).contains("in its warm-up");
  }

  @Test
  void aWindowWithoutDataIsUnknownUnlessOrElseSaysOtherwise() {
    String ratio = "ratio('drops_total', 'requests_total', '1s')";
    Emulated run =
        new Emulated(0)
            .watching(
                PropertySpec.always("a", ratio + " < 0.5"),
                PropertySpec.always("b", "orElse(" + ratio + ", 0) < 0.5"));
    run.a.counter("requests_total", "outcome", "ok").add(1);
    run.ticks(2);

    assertThat(run.finish().result()).isEqualTo(Result.UNKNOWN);
    assertThat(run.finish().reason()).contains("no data at 2s");
    assertThat(run.finish().notes())
        .singleElement()
        .asString()
        .contains("(drops_total) chose no series");
  }

  @Test
  void neverOfAnEventIsExact() {
    PropertySpec spec = PropertySpec.never("a", "event('leader-lost')");
    Emulated run = new Emulated(1).watching(spec);
    run.event(0.5, "leader-lost").tick();
    run.event(0.25, "node-ready").tick();
    assertThat(run.state()).isEqualTo(MonitorState.HOLDING);
    run.event(0.25, "leader-lost").event(0.5, "leader-lost").tick();

    assertThat(run.state()).isEqualTo(MonitorState.VIOLATED);
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofMillis(2_250));

    Emulated quiet = new Emulated(1).watching(spec);
    quiet.event(0.5, "leader-lost").ticks(3);
    assertThat(quiet.finish().result()).as("only in the warm-up").isEqualTo(Result.HOLDS);
  }

  @Test
  void eventsAreToldApartByFieldsAndHosts() {
    Emulated run =
        new Emulated(0).watching(PropertySpec.sometimes("a", "event('node-ready', 'zone', 'b')"));
    run.event(0.5, "node-ready", "zone", "a").tick();
    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    run.event(0.5, "node-ready", "zone", "b").tick();
    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);

    Emulated hosts =
        new Emulated(0).watching(PropertySpec.never("a", "event('leader-lost', 'host', 'b')"));
    hosts.event(0.5, "leader-lost").tick();
    assertThat(hosts.finish().result()).isEqualTo(Result.HOLDS);
  }

  @Test
  void whatTheTickOfATriggerKnowsFromBeforeAnswersNothing() {
    Emulated run =
        new Emulated(0)
            .watching(
                PropertySpec.eventually("a", "gauge('threads') > 5", THREE)
                    .when("event('leader-lost')"));
    run.a.gauge("threads").set(9);
    run.tick();
    run.event(0.5, "leader-lost");
    run.a.gauge("threads").set(1);
    run.ticks(5);

    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofMillis(4_500));
  }

  @Test
  void everyTriggerMustBeAnswered() {
    PropertySpec spec =
        PropertySpec.eventually("a", "event('node-ready')", THREE).when("event('leader-lost')");
    Emulated run = new Emulated(0).watching(spec);
    assertThat(run.tick().state()).isEqualTo(MonitorState.WAITING);
    run.event(0.5, "leader-lost").tick();
    assertThat(run.state()).isEqualTo(MonitorState.PENDING);
    run.event(0.75, "node-ready").tick();
    assertThat(run.state()).isEqualTo(MonitorState.HOLDING);
    run.event(0.5, "leader-lost").tick();

    assertThat(run.finish().result()).isEqualTo(Result.UNKNOWN);
    assertThat(run.finish().reason()).contains("ended at 4s", "trigger at 3.5s");
    assertThat(run.finish().slowestResponse()).isEqualTo(Duration.ofMillis(1_250));
    run.ticks(4);
    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofMillis(6_500));
  }

  @Test
  void anExpressionTriggersWhenItBecomesTrue() {
    PropertySpec spec =
        PropertySpec.eventually("a", "gauge('threads') >= 3", TWO)
            .when("gauge('queue_length') > 5");
    Emulated run = new Emulated(0).watching(spec);
    run.a.gauge("threads").set(3);
    run.a.gauge("queue_length").set(1);
    run.ticks(2);
    assertThat(run.state()).isEqualTo(MonitorState.WAITING);
    run.a.gauge("queue_length").set(9);
    run.ticks(2);
    assertThat(run.state()).as("answered at once").isEqualTo(MonitorState.HOLDING);
    run.a.gauge("threads").set(1);
    run.ticks(4);
    assertThat(run.finish().result()).as("it stayed true: no new trigger").isEqualTo(Result.HOLDS);
    run.a.gauge("queue_length").set(1);
    run.ticks(2);
    run.a.gauge("queue_length").set(9);
    run.ticks(4);

    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofSeconds(13));
  }

  @Test
  void aTriggerThatNeverComesLeavesItUnreached() {
    for (PropertySpec spec :
        new PropertySpec[] {
          PropertySpec.always("a", "seconds() < 0"),
          PropertySpec.never("a", "event('node-ready')"),
          PropertySpec.sometimes("a", "true"),
          PropertySpec.eventually("a", "true", TWO)
        }) {
      Emulated run = new Emulated(0).watching(spec.when("event('leader-lost')"));
      run.event(0.5, "node-ready").ticks(5);
      assertThat(run.finish().result()).isEqualTo(Result.UNKNOWN);
      assertThat(run.finish().reason()).contains("Not reached");
    }
  }

  @Test
  void alwaysWithATriggerIsJudgedAfterIt() {
    PropertySpec spec =
        PropertySpec.always("a", "gauge('threads') < 5").when("event('leader-lost')");
    Emulated run = new Emulated(0).watching(spec);
    run.a.gauge("threads").set(9);
    run.ticks(2);
    run.event(0.5, "leader-lost");
    run.a.gauge("threads").set(1);
    run.ticks(3);
    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);
    assertThat(run.finish().measured()).isEqualTo(1);
    run.a.gauge("threads").set(6);
    run.tick();
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void alwaysWithinATimeOfEachTriggerIsJudgedNowhereElse() {
    PropertySpec spec =
        PropertySpec.always("a", "gauge('threads') < 5").when("event('leader-lost')").within(TWO);
    Emulated run = new Emulated(0).watching(spec);
    run.a.gauge("threads").set(1);
    run.event(1, "leader-lost").tick();
    run.tick();
    assertThat(run.finish().reason()).contains("less than 2s after its last trigger");
    run.tick();
    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);
    run.a.gauge("threads").set(9);
    run.ticks(3);
    assertThat(run.finish().result()).as("outside").isEqualTo(Result.HOLDS);
    run.event(1, "leader-lost").ticks(2);
    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void aSecondTriggerTakesNothingFromTheFirst() {
    PropertySpec spec =
        PropertySpec.always("a", "gauge('threads') < 5").when("event('leader-lost')").within(THREE);
    Emulated run = new Emulated(0).watching(spec);
    run.a.gauge("threads").set(1);
    run.event(1, "leader-lost").tick();
    run.a.gauge("threads").set(9);
    run.a.gauge("threads").set(1);
    run.event(0.5, "leader-lost").tick();

    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void neverOfAnEventWithinATimeOfEachTrigger() {
    PropertySpec spec =
        PropertySpec.never("a", "event('node-ready')").when("event('leader-lost')").within(TWO);
    Emulated run = new Emulated(0).watching(spec);
    run.event(0.5, "node-ready").event(0.75, "leader-lost").ticks(3);
    run.event(0.25, "node-ready").tick();
    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);
    run.event(0.25, "leader-lost").ticks(2);
    run.event(0.25, "node-ready").tick();

    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofMillis(6_250));
  }

  @Test
  void sometimesProvesThatSomethingHappened() {
    Emulated run =
        new Emulated(0).watching(PropertySpec.sometimes("a", "total('drops_total') > 2"));
    run.ticks(2);
    assertThat(run.finish().result()).isEqualTo(Result.VIOLATED);
    run.a.counter("drops_total").add(3);
    run.tick();
    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);
    assertThat(run.finish().measured()).isEqualTo(3);
  }

  @Test
  void anEventMayBePartOfALargerExpression() {
    Emulated run =
        new Emulated(0)
            .watching(PropertySpec.never("a", "event('leader-lost') && gauge('threads') < 3"));
    run.a.gauge("threads").set(5);
    run.event(0.5, "leader-lost").tick();
    run.a.gauge("threads").set(2);
    run.ticks(2);
    assertThat(run.finish().result()).isEqualTo(Result.HOLDS);
    run.event(0.5, "leader-lost").tick();
    assertThat(run.finish().firstViolation()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void severalSeriesWhereOneWasMeantAreADefectOfTheScenario() {
    Emulated run =
        new Emulated(0).watching(PropertySpec.always("queues", "gauge('queue_length') < 5"));
    run.a.gauge("queue_length").set(1);
    run.b.gauge("queue_length").set(1);

    assertThatThrownBy(run::tick)
        .isInstanceOf(PropertyDefectException.class)
        .hasMessageStartingWith("queues: The selector (queue_length) chooses several series");
  }

  @Test
  void whatMeansNothingIsToldByTheKeyItStandsIn() {
    PropertySpec spec = PropertySpec.always("a", "gauge('x') > 1").when("event('y')");
    ExpressionException refused =
        catchThrowableOfType(
            ExpressionException.class, () -> CompiledProperty.of(spec, Emulated.VOCABULARY));
    assertThat(refused.problems())
        .extracting(ExpressionException.Problem::field)
        .containsExactly("always", "when");

    assertThatThrownBy(
            () ->
                CompiledProperty.of(
                    PropertySpec.always("a", "event('leader-lost')"), Emulated.VOCABULARY))
        .hasMessageContaining("never or sometimes");
    assertThatThrownBy(
            () ->
                CompiledProperty.of(
                    PropertySpec.never("a", "event('leader-lost')").lasting(TWO),
                    Emulated.VOCABULARY))
        .hasMessageContaining("lasts no time");
  }
}
