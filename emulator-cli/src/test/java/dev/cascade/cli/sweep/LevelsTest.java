package dev.cascade.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges and lists are read exactly, and keep their units. */
class LevelsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4..40:12          | 4 16 28 40
          1..10:4           | 1 5 9
          -2..2:2           | -2 0 2
          0.1..0.5:0.1      | 0.1 0.2 0.3 0.4 0.5
          2/s..10/s:4/s     | 2/s 6/s 10/s
          30/min..2/s:30/min | 30/min 60/min 90/min 120/min
          100ms..300ms:100ms | 100ms 200ms 300ms
          500ms..1500ms:500ms | 500ms 1000ms 1500ms
          500ms..2s:500ms   | 500ms 1s 1.5s 2s
          30s..2m:30s       | 30s 1m 1m30s 2m
          1m30s..2m30s:30s  | 1m30s 2m 2m30s
          512Ki..2Mi:512Ki  | 512Ki 1024Ki 1536Ki 2048Ki
          10%..30%:10%      | 10% 20% 30%
          1Gbit/s..3Gbit/s:1Gbit/s | 1Gbit/s 2Gbit/s 3Gbit/s
          25..400:x2        | 25 50 100 200 400
          3..10:x1.5        | 3 5 7
          10/s,2/s,5/s      | 2/s 5/s 10/s
          fifo,lifo         | fifo lifo
          """)
  void rangesAndListsAreSpeltOut(String range, String levels) {
    assertThat(Levels.of("a.b=" + range).orElseThrow().all())
        .extracting(Level::text)
        .containsExactly(levels.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "2/s..4/s:2/s, 2, 4",
    "60/min..120/min:60/min, 1, 2",
    "100ms..1s:900ms, 0.1, 1",
    "1Ki..2Ki:1Ki, 1024, 2048",
    "10%..20%:10%, 10, 20"
  })
  void valuesAreInBaseUnits(String range, double first, double last) {
    List<Level> levels = Levels.of("x=" + range).orElseThrow().all();

    assertThat(levels).extracting(Level::value).containsExactly(first, last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "2/s", "fifo", "[1, 2]", "{a: 1, b: 2}", "'a, b'", "10.0.0.1", "", "a..b"})
  void oneValueIsNoRange(String value) {
    assertThat(Levels.of("x=" + value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1..10:0       | The step (0) of the range (1..10:0) must be more than 0. Maybe 1?
          1..10:-1      | must be more than 0
          10..1:1       | must go upwards
          5..5:1        | must go upwards
          1..10:20      | is longer than the range
          1..10:1/s     | a number (1) and a rate (1/s)
          1/s..10:1/s   | a rate (1/s) and a number (10)
          1..ten:1      | cannot be read at (ten)
          1..10:one     | cannot be read at (one)
          1..10:        | cannot be read at ()
          0..10:x2      | must begin above 0
          1..10:x1      | by a factor above 1
          1..100000:1   | are 100000, and more than 1000 are not tried
          0..1:0.0001   | are 10001
          1,2,,3        | has a gap
          1,2,1         | has a value twice
          1s,2/s        | a time (1s) and a rate (2/s)
          """)
  void whatCannotBeMeantIsToldWithAWayOut(String range, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Levels.of("x=" + range))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "1/s..10/s, x=1/s..10/s:1/s",
    "1..4, x=1..4:1",
    "100ms..1s, x=100ms..1s:100ms",
    "0%..50%, x=0%..50%:5%"
  })
  void rangeWithoutStepIsOfferedOneOfAboutTen(String range, String offered) {
    Levels levels = Levels.of("x=" + range).orElseThrow();

    assertThat(levels.hasStep()).isFalse();
    assertThat(levels.withStep())
        .startsWith(offered.substring(0, offered.indexOf(':')).substring(0, 5));
    assertThat(Levels.of(levels.withStep()).orElseThrow().all()).hasSizeBetween(4, 20);
  }

  @Test
  void searchBeginsAtBothEndsAndBetween() {
    assertThat(Levels.of("x=2/s..10/s").orElseThrow().coarse())
        .extracting(Level::text)
        .containsExactly("2/s", "4/s", "6/s", "8/s", "10/s");
    assertThat(Levels.of("x=1..3").orElseThrow().coarse())
        .extracting(Level::text)
        .containsExactly("1", "2", "3");
  }

  @Test
  void betweenTwoLevelsIsARoundOne() {
    Levels rates = Levels.of("x=2/s..10/s").orElseThrow();
    Levels threads = Levels.of("x=1..64").orElseThrow();

    assertThat(rates.between(rates.coarse().get(0), rates.coarse().get(1)).orElseThrow().text())
        .isEqualTo("3/s");
    assertThat(threads.between(new Level("4", 4), new Level("7", 7)).orElseThrow().text())
        .isIn("5", "6");
    assertThat(threads.between(new Level("4", 4), new Level("5", 5))).isEmpty();
  }

  @Test
  void nearnessIsAShareOrADistance() {
    Levels rates = Levels.of("x=2/s..10/s").orElseThrow();

    assertThat(rates.tolerance("1%", new Level("10/s", 10))).isEqualTo(0.1);
    assertThat(rates.tolerance("0.5/s", new Level("10/s", 10))).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rates.tolerance("soon", new Level("10/s", 10)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rates.tolerance("0%", new Level("10/s", 10)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rates.tolerance("1ms", new Level("10/s", 10)));
  }
}
