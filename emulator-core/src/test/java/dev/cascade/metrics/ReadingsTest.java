package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read equals what one finds by going through everything that happened. */
class ReadingsTest {
  private static final int TICKS = 80;
  private static final int WARM_TICKS = 10;
  private static final Selector ALL = Selector.parse("request_duration_seconds");
  private static final Selector PRICES = Selector.parse("request_duration_seconds{path='/price'}");
  private static final Selector ERRORS = Selector.parse("requests_total{outcome=\"error\"}");
  private static final Selector REQUESTS = Selector.parse("requests_total");
  private static final Selector QUEUES = Selector.parse("queue_length");

  private RandomRun run;
  private Readings readings;

  private void given(long seed) {
    run = new RandomRun(seed, TICKS, 2);
    readings = new Readings(run.store, WARM_TICKS * RandomRun.TICK_NANOS);
  }

  /** The first tick of a window of so many ticks that ends with a tick. */
  private static int first(int tick, int windowTicks) {
    return Math.max(WARM_TICKS, tick - windowTicks + 1);
  }

  private static long nanos(int ticks) {
    return ticks == TICKS ? Readings.WHOLE_RUN : ticks * RandomRun.TICK_NANOS;
  }

  private List<Long> durations(int tick, int windowTicks, Predicate<String> path) {
    List<Long> all = new ArrayList<>();
    for (int i = first(tick, windowTicks); i <= tick; i++) {
      run.durations.get(i).entrySet().stream()
          .filter(entry -> path.test(entry.getKey()))
          .forEach(entry -> all.addAll(entry.getValue()));
    }
    all.sort(null);
    return all;
  }

  private long counted(int tick, int windowTicks, Predicate<String> outcome) {
    long sum = 0;
    for (int i = first(tick, windowTicks); i <= tick; i++) {
      for (Map.Entry<String, Long> entry : run.counts.get(i).entrySet()) {
        sum += outcome.test(entry.getKey()) ? entry.getValue() : 0;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void quantilesAreThoseOfTheSortedDurations(long seed) {
    given(seed);
    RandomStream random = RandomStream.of(seed).fork("questions");
    for (int question = 0; question < 300; question++) {
      // Forward as a run does, and now and then anywhere as a user does.
      int tick = question < 60 ? WARM_TICKS + question : WARM_TICKS + random.nextInt(70);
      int window = List.of(1, 4, 20, TICKS).get(random.nextInt(4));
      double q = List.of(0.0, 0.01, 0.5, 0.9, 0.99, 1.0).get(random.nextInt(6));
      boolean prices = random.chance(0.5);
      List<Long> sorted = durations(tick, window, path -> !prices || path.equals("/price"));

      Double read = readings.quantileSeconds(q, prices ? PRICES : ALL, tick, nanos(window));

      if (sorted.isEmpty()) {
        assertThat(read).isNull();
      } else {
        int rank = Math.max(1, (int) Math.ceil(q * sorted.size() - 1e-9));
        double exact = sorted.get(rank - 1) / 1e9;
        assertThat(read).isBetween(exact, exact * (1 + 1.0 / DurationBuckets.HALF) + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void countsMeansRatesAndRatiosAreThoseOfAllThatHappened(long seed) {
    given(seed);
    for (int tick = WARM_TICKS; tick < TICKS; tick++) {
      for (int window : new int[] {1, 3, 20, TICKS}) {
        long errors = counted(tick, window, "error"::equals);
        long requests = counted(tick, window, outcome -> true);
        double seconds = (tick - first(tick, window) + 1) * 0.5;
        List<Long> all = durations(tick, window, path -> true);
        double mean = all.stream().mapToLong(nanos -> nanos).sum() / 1e9 / all.size();

        assertThat(readings.increase(ERRORS, tick, nanos(window), null)).isEqualTo(errors);
        assertThat(readings.rate(REQUESTS, tick, nanos(window), Aggregation.SUM))
            .isCloseTo(requests / seconds, within(1e-9));
        assertThat(readings.ratio(ERRORS, REQUESTS, tick, nanos(window)))
            .isEqualTo(requests == 0 ? null : (Double) ((double) errors / requests));
        assertThat(readings.count(ALL, tick, nanos(window))).isEqualTo(all.size());
        if (!all.isEmpty()) {
          assertThat(readings.meanSeconds(ALL, tick, nanos(window))).isCloseTo(mean, within(1e-12));
        }
      }
    }
  }

  @Test
  void gaugesKnowTheirLeastAndGreatestValueInATick() {
    given(6);
    for (int tick = 0; tick < TICKS; tick++) {
      double minSum = 0;
      double maxSum = 0;
      double greatest = -1;
      for (List<Double> values : run.gauges.get(tick).values()) {
        double most = values.stream().mapToDouble(v -> v).max().orElseThrow();
        minSum += values.stream().mapToDouble(v -> v).min().orElseThrow();
        maxSum += most;
        greatest = Math.max(greatest, most);
      }
      int count = run.gauges.get(tick).size();
      assertThat(readings.gauges(QUEUES, tick)).isEqualTo(count);
      if (count > 0) {
        assertThat(readings.gauge(QUEUES, tick, Aggregation.SUM))
            .isEqualTo(new Range(minSum, maxSum));
        assertThat(readings.gauge(QUEUES, tick, Aggregation.AVG))
            .isEqualTo(new Range(minSum / count, maxSum / count));
        assertThat(readings.gauge(QUEUES, tick, Aggregation.MAX).max()).isEqualTo(greatest);
      }
    }
  }

  @Test
  void severalSeriesNeedAnAggregation() {
    given(1);
    assertThatThrownBy(() -> readings.gauge(QUEUES, 50, null))
        .isInstanceOf(SeveralSeriesException.class)
        .hasMessageContaining("host=\"host-0\"")
        .hasMessageContaining("sum");
    assertThatThrownBy(() -> readings.rate(REQUESTS, 50, nanos(1), null))
        .isInstanceOf(SeveralSeriesException.class);
    Selector one = Selector.parse("queue_length{host='host-3'}");
    assertThat(readings.gauge(one, 50, null)).isNotNull();
  }

  @Test
  void nothingIsKnownOfWindowsThatEndInTheWarmUp() {
    given(1);
    assertThat(readings.rate(ERRORS, WARM_TICKS - 1, nanos(4), null)).isNull();
    assertThat(readings.quantileSeconds(0.5, ALL, WARM_TICKS - 1, nanos(4))).isNull();
    assertThat(readings.count(ALL, WARM_TICKS - 1, nanos(4))).isNull();
    assertThat(readings.ratio(ERRORS, REQUESTS, WARM_TICKS - 1, nanos(4))).isNull();
    assertThat(readings.rate(ERRORS, WARM_TICKS, nanos(4), null)).isNotNull();
  }

  @Test
  void whatNobodyTouchedIsZeroForACounterAndNothingForAGauge() {
    given(1);
    assertThat(readings.increase(Selector.parse("drops_total"), 50, nanos(4), null)).isZero();
    assertThat(readings.ratio(Selector.parse("drops_total"), REQUESTS, 50, nanos(20))).isZero();
    assertThat(readings.ratio(REQUESTS, Selector.parse("drops_total"), 50, nanos(20))).isNull();
    assertThat(readings.gauge(Selector.parse("temperature"), 50, null)).isNull();
    assertThat(readings.gauges(Selector.parse("temperature"), 50)).isZero();
  }

  @Test
  void aWindowThatIsNoMultipleOfTheTickBeginsAtTheTickBefore() {
    given(1);
    int tick = 50;
    long oneAndAHalf = RandomRun.TICK_NANOS * 3 / 2;
    assertThat(readings.increase(ERRORS, tick, oneAndAHalf, null))
        .isEqualTo(counted(tick, 2, "error"::equals));
  }
}
