package dev.cascade.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.property.Result;
import dev.cascade.random.Hash64;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edges that are known are found, in few runs, and what is not monotonic is said to be so. */
class EdgeSearchTest {
  private static final int SEEDS = 10;

  private final Levels levels = Levels.of("x=0.0..100.0").orElseThrow();
  private final List<Level> tried = new ArrayList<>();

  private List<Point> search(String until, ToIntFunction<Level> violatedOfTen) {
    return new EdgeSearch(levels, until, Set.of(Synthetic.PROPERTY))
        .points(
            some -> {
              tried.addAll(some);
              return some.stream()
                  .map(level -> Synthetic.point(level, violatedOfTen.applyAsInt(level), SEEDS))
                  .toList();
            });
  }

  private static Edge only(List<Point> points) {
    List<Edge> edges = Edge.of(points, Synthetic.PROPERTY);
    assertThat(edges).hasSize(1);
    return edges.get(0);
  }

  /** Five levels a quarter apart, then halves: 25 / 2^n is at most 0.5 for n = 6. */
  @ParameterizedTest
  @ValueSource(doubles = {3.14159, 25, 61.8, 99.9})
  void stepIsFoundByHalves(double step) {
    Edge edge = only(search("0.5", level -> level.value() > step ? SEEDS : 0));

    assertThat(edge.below().value()).isLessThanOrEqualTo(step);
    assertThat(edge.above().value()).isGreaterThan(step);
    assertThat(edge.width()).isLessThanOrEqualTo(0.5);
    assertThat(edge.from()).isEqualTo(Result.HOLDS);
    assertThat(edge.to()).isEqualTo(Result.VIOLATED);
    assertThat(edge.isBlurred()).isFalse();
    assertThat(tried).hasSizeLessThanOrEqualTo(5 + 6).doesNotHaveDuplicates();
  }

  /** Each seed turns at its own place between 55 and 65: half of them have turned at 60. */
  @Test
  void noisyStepIsFoundWhereHalfOfTheSeedsTurn() {
    Edge edge =
        only(
            search(
                "1%",
                level -> {
                  int violated = 0;
                  for (int seed = 0; seed < SEEDS; seed++) {
                    double shift = (Hash64.mix(seed) >>> 11) * 0x1.0p-53 * 10;
                    violated += level.value() > 55 + shift ? 1 : 0;
                  }
                  return violated;
                }));

    assertThat(edge.below().value()).isBetween(55.0, 65.0);
    assertThat(edge.width()).isLessThanOrEqualTo(0.65);
    assertThat(edge.isBlurred()).isTrue();
    assertThat(edge.sureBelow().value()).isLessThan(edge.below().value());
    assertThat(edge.sureAbove().value()).isGreaterThan(edge.above().value());
  }

  @Test
  void propertyThatTurnsBackHasTwoEdges() {
    List<Point> points = search("1", level -> level.value() > 30 && level.value() < 70 ? SEEDS : 0);

    List<Edge> edges = Edge.of(points, Synthetic.PROPERTY);
    assertThat(edges).extracting(Edge::to).containsExactly(Result.VIOLATED, Result.HOLDS);
    assertThat(edges.get(0).above().value()).isBetween(30.0, 31.0);
    assertThat(edges.get(1).below().value()).isBetween(69.0, 70.0);
  }

  @Test
  void whereNothingTurnsFiveLevelsAreEnough() {
    assertThat(Edge.of(search("1%", level -> SEEDS), Synthetic.PROPERTY)).isEmpty();
    assertThat(tried).hasSize(5);
  }

  @Test
  void searchThatIsStoppedKeepsWhatItHas() {
    List<Point> points =
        new EdgeSearch(levels, "1%", Set.of(Synthetic.PROPERTY))
            .points(some -> List.of(Synthetic.point(some.get(0), 0, SEEDS)));

    assertThat(points).hasSize(1);
  }
}
