package dev.cascade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "3, 3",
    "-7, -7",
    "0.1, 0.1",
    "2.5, 2.5",
    "1e15, 1E+15",
    "1e23, 1E+23",
    "2e-3, 0.002",
    "1e-9, 1E-9",
    "0.30000000000000004, 0.30000000000000004",
    "NaN, NaN",
    "Infinity, +Inf"
  })
  void shortAndTheSameInEveryJvm(double value, String text) {
    assertThat(NumberText.of(value)).isEqualTo(text);
  }

  @Test
  void everyNumberReadsBack() {
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(NumberText.of(value))).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0.000000001", "500000000, 0.5", "1000000000, 1", "100000000000, 100"})
  void secondsAreExact(long nanos, String text) {
    assertThat(NumberText.seconds(nanos)).isEqualTo(text);
  }
}
