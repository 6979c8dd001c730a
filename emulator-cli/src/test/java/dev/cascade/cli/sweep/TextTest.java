package dev.cascade.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts of characters fit their terminal and show what they are given. */
class TextTest {
  private static List<String> chart(int columns, @Nullable Band... bands) {
    return new TextChart(columns, number -> String.format("%.0f", number))
        .lines(
            Synthetic.levels(bands.length),
            List.of(new TextChart.Curve('●', new ArrayList<>(Arrays.asList(bands)))));
  }

  private static Band band(double mean, double half) {
    return new Band(mean, mean - half, mean + half, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void noLineIsWiderThanTheTerminal(int columns) {
    assertThat(chart(columns, band(0, 0), band(5, 1), band(100, 20)))
        .allMatch(line -> line.length() <= columns, "at most " + columns);
  }

  @Test
  void everyMeanIsADotAndItsBandABar() {
    List<String> lines = chart(60, band(0, 0), band(50, 20), band(100, 0));

    assertThat(String.join("", lines).chars().filter(c -> c == '●')).hasSize(3);
    assertThat(String.join("", lines).chars().filter(c -> c == '│')).hasSizeBetween(3, 5);
    assertThat(lines.get(0)).startsWith("100 ┤").endsWith("●");
    assertThat(lines.get(lines.size() - 3)).contains("●");
    assertThat(lines.get(lines.size() - 1).strip()).startsWith("0").endsWith("2");
  }

  @Test
  void levelsWithoutDataAreLeftOut() {
    assertThat(
            String.join("", chart(60, band(1, 0), null, band(3, 0))).chars().filter(c -> c == '●'))
        .hasSize(2);
    assertThat(chart(60, null, null)).isEmpty();
  }

  @Test
  void mapIsDarkWhereThereIsMuch() {
    List<Level> two = Synthetic.levels(2);

    List<String> lines =
        TextMap.lines(two, two, List.of(List.of(0.0, 0.5), List.of(0.99, 1.0)), 60);

    assertThat(lines.get(0)).contains("▓").contains("█"); // upwards: the last comes first
    assertThat(lines.get(1)).contains("·").contains("▒");
  }
}
