package dev.cascade.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are short, and mean the same when they are read back. */
class PackedTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "42, 42",
    "-7, -7",
    "999999999, 999999999",
    "0.5, 5e-1",
    "0.052341, 5234e-5",
    "-1.5, -15e-1",
    "12345.678, 1235e1",
    "4567.25, 4567",
    "9999.7, 1e4",
    "1.5e-9, 15e-10",
    "3.25e11, 325e9",
    "NaN, -",
    "Infinity, -"
  })
  void writesFourDigits(double value, String text) {
    assertThat(Packed.number(value)).isEqualTo(text);
  }

  @Test
  void everySizeReadsBackToFourDigits() {
    DoubleStream.iterate(1.2345678e-12, value -> value < 1e14, value -> value * 3.7)
        .forEach(
            value ->
                assertThat(Double.parseDouble(Packed.number(value)) / value)
                    .isBetween(0.9994, 1.0006));
  }

  @Test
  void repeatsAreCounted() {
    double[] values = new double[6];
    Arrays.fill(values, 1, 5, 3);
    values[5] = Double.NaN;

    assertThat(Packed.of(values)).isEqualTo("0 3*4 -");
    assertThat(Packed.of(new double[0])).isEmpty();
  }

  @Test
  void timesKeepAllTheirDigits() {
    assertThat(Packed.exact(new double[] {0.001, 1234.567, 86_400}))
        .isEqualTo("0.001 1234.567 86400");
  }
}
