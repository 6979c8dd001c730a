package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.fault.ClockOffset;
import dev.cascade.fault.Direction;
import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.Ratio;
import dev.cascade.property.Expectation;
import dev.cascade.random.DurationDistribution;
import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as YAML is read back to an equal value. */
class RecordRoundTripTest {
  private static final Target EDGE = Target.of("edge").mode(Target.Mode.PERCENT, 30.0).zones("a");
  private static final Duration SHORT = Duration.ofNanos(1_500_000);

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault.Crash(Target.of("edge-1/envoy"), SHORT),
        new Fault.Restart(EDGE),
        new Fault.Partition(EDGE, Target.of("b"), Direction.TO, Fault.Cut.REFUSE, null),
        new Fault.Heal(null),
        new Fault.Latency(EDGE, null, Direction.BOTH, SHORT, Duration.ZERO, SHORT),
        new Fault.Loss(EDGE, null, Direction.FROM, Ratio.parse("12.5%"), null),
        new Fault.Bandwidth(
            EDGE, null, Direction.BOTH, Bandwidth.parse("1Mbit/s"), Fault.Narrowed.LINKS, null),
        new Fault.Cpu(EDGE, null, Ratio.parse("50%"), null),
        new Fault.Clock(EDGE, ClockOffset.parse("-5s"), null));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultsComeBack(Fault fault) {
    assertThat(roundTrip((Record) fault, Fault.class)).contains(fault);
  }

  static Stream<DurationDistribution> distributions() {
    return Stream.of(
        new DurationDistribution.Constant(SHORT),
        new DurationDistribution.Uniform(SHORT, Duration.ofSeconds(1)),
        new DurationDistribution.LogNormal(SHORT, SHORT.multipliedBy(3)),
        new DurationDistribution.Mixture(
            List.of(
                new DurationDistribution.Mixture.Part(
                    0.9, new DurationDistribution.Constant(SHORT)),
                new DurationDistribution.Mixture.Part(
                    0.1, new DurationDistribution.Exponential(SHORT)))));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void distributionsComeBack(DurationDistribution distribution) {
    assertThat(roundTrip((Record) distribution, DurationDistribution.class)).contains(distribution);
  }

  @ParameterizedTest
  @ValueSource(strings = {"holds", "any"})
  void expectationsComeBack(String word) {
    assertThat(roundTrip(Expectation.of(word), Expectation.class)).contains(Expectation.of(word));
    Expectation rate = Expectation.violatedIn(List.of(0.1, 0.6), 0.9);
    assertThat(roundTrip(rate, Expectation.class)).contains(rate);
  }

  private static <T> Optional<T> roundTrip(Object value, Class<T> type) {
    Problems problems = new Problems();
    String yaml = YamlWriter.write(RecordWriter.write(value));
    Tree tree = YamlParser.parse(new ScenarioSource("f.yaml", yaml), problems);
    Optional<T> read = new RecordBinder(problems).bind(tree, type);
    assertThat(problems.all()).as(yaml).isEmpty();
    return read;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain", "", " ", "yes", "no", "null", "~", "12", "1e3", "0x1F", "010", "1:30", "- a",
            "a: b",
        "#c", "a #c", "'q'", "\"d\"", "{a}", "[a]", "$(x)", "*", "&a", "!t", "@", "%", "`",
            "two\nlines",
        "two\n lines\n", "\ttab", "µ", "\u00e9\u4e2d", "=", "<<", "2001-01-01"
      })
  void textsComeBackAsTexts(String text) {
    Scalar scalar = Scalar.of(Location.of("f"), text, Kind.TEXT);
    Tree written = RecordWriter.mapping(java.util.Map.of("key", scalar));
    Tree read =
        YamlParser.parse(new ScenarioSource("f.yaml", YamlWriter.write(written)), new Problems());

    Scalar back = (Scalar) ((Tree.Mapping) read).get("key");
    assertThat(back.text()).isEqualTo(text);
    assertThat(back.scalarKind()).isEqualTo(Kind.TEXT);
  }
}
