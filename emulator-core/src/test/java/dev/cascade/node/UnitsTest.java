package dev.cascade.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers with units: what they mean, what is refused, and that what is written is read back. */
class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, 500000000",
    "1m30s, 90000000000",
    "50us, 50000",
    "50µs, 50000",
    "2h, 7200000000000",
    "1.5s, 1500000000",
    "1d, 86400000000000",
    "7ns, 7",
    "0s, 0",
    "0, 0",
  })
  void durationIsASumOfParts(String text, long nanos) {
    Duration duration = DurationText.parse(text);

    assertThat(duration.toNanos()).isEqualTo(nanos);
    assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
  }

  @Test
  void durationIsWrittenInItsLargestUnits() {
    assertThat(DurationText.format(Duration.ofNanos(3_661_001_002_003L)))
        .isEqualTo("1h1m1s1ms2us3ns");
    assertThat(DurationText.format(Duration.ofSeconds(-90))).isEqualTo("-1m30s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s, 0s",
    "17, 17ns, 0s",
    "1500, 1.5us, 0s",
    "3004000, 3ms, 3ms",
    "480700000, 481ms, 481ms",
    "999999999, 1s, 1s",
    "12345678901, 12.3s, 12.346s",
    "59960000000, 1m, 59.96s",
    "82000383000, 1m22s, 1m22s",
    "123508000000, 2m4s, 2m3.508s",
    "60022383000, 1m, 1m0.022s",
    "5025000000000, 1h24m, 1h23m45s",
  })
  void peopleReadThreeFiguresOfADurationAndTheMillisecondOfAMoment(
      long nanos, String brief, String instant) {
    assertThat(DurationText.brief(Duration.ofNanos(nanos))).isEqualTo(brief);
    assertThat(DurationText.instant(Duration.ofNanos(nanos))).isEqualTo(instant);
    assertThat(DurationText.parse(instant).toNanos())
        .isCloseTo(nanos, org.assertj.core.api.Assertions.within(500_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "s", "5sec", "-5s", "1s2", "1e3s", "9999999999h", "٣s"})
  void otherDurationsAreRefused(String text) {
    assertRefused(DurationText::parse, text);
  }

  @Test
  void longDurationsAreRefusedBeforeTheyAreRead() {
    assertRefused(DurationText::parse, "1s".repeat(100_000));
  }

  @ParameterizedTest
  @CsvSource({"300/s, 300", "30/m, 0.5", "30/min, 0.5", "7200/h, 2", "0.25/s, 0.25", "0/s, 0"})
  void rateIsPerSecond(String text, double perSecond) {
    Rate rate = Rate.parse(text);

    assertThat(rate.perSecond()).isEqualTo(perSecond);
    assertThat(Rate.parse(rate.toString())).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "300", "300 /s", "300/d", "-1/s", "1e3/s", "/s"})
  void otherRatesAreRefused(String text) {
    assertRefused(Rate::parse, text);
  }

  @ParameterizedTest
  @CsvSource({
    "800B, 800",
    "1MB, 1000000",
    "1M, 1000000",
    "512Mi, 536870912",
    "512MiB, 536870912",
    "1.5k, 1500",
    "2Ti, 2199023255552",
  })
  void sizeIsDecimalOrBinary(String text, long bytes) {
    Size size = Size.parse(text);

    assertThat(size.bytes()).isEqualTo(bytes);
    assertThat(Size.parse(size.toString())).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "512", "512 Mi", "1PB", "-1B", "99999999999Ti"})
  void otherSizesAreRefused(String text) {
    assertRefused(Size::parse, text);
  }

  @ParameterizedTest
  @CsvSource({"1Gbit/s, 125000000", "8bit/s, 1", "125MB/s, 125000000", "1Ki/s, 1024"})
  void bandwidthIsBytesPerSecond(String text, double bytesPerSecond) {
    Bandwidth bandwidth = Bandwidth.parse(text);

    assertThat(bandwidth.bytesPerSecond()).isEqualTo(bytesPerSecond);
    assertThat(Bandwidth.parse(bandwidth.toString())).isEqualTo(bandwidth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1Gbit", "1GB", "0bit/s", "0B/s", "fast/s"})
  void otherBandwidthsAreRefused(String text) {
    assertRefused(Bandwidth::parse, text);
  }

  @ParameterizedTest
  @CsvSource({"5%, 0.05", "0.05, 0.05", "0%, 0", "100%, 1", "1, 1", "12.5%, 0.125"})
  void ratioIsAPercentageOrANumber(String text, double value) {
    Ratio ratio = Ratio.parse(text);

    assertThat(ratio.value()).isEqualTo(value);
    assertThat(Ratio.parse(ratio.toString())).isEqualTo(ratio);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "5", "101%", "-5%", "five"})
  void otherRatiosAreRefused(String text) {
    assertRefused(Ratio::parse, text);
  }

  private static void assertRefused(Function<String, ?> parse, String text) {
    assertThatThrownBy(() -> parse.apply(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The ");
  }
}
