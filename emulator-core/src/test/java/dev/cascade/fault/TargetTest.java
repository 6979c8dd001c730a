package dev.cascade.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.fault.Target.Mode;
import dev.cascade.node.HostInfo;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is struck: those that match, and of them as many as the mode says, by the stream alone. */
class TargetTest {
  private static final HostInfo EDGE_1 = new HostInfo("edge-1", "a", "edge", "proxy");
  private static final Map<String, String> NO_LABELS = new TreeMap<>();

  private final List<String> ten = hosts(10);

  private static List<String> hosts(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("edge-" + (char) ('a' + i));
    }
    return names;
  }

  @Test
  void nameMatchesEntryOrHost() {
    assertThat(Target.of("edge").matches(EDGE_1, NO_LABELS)).isTrue();
    assertThat(Target.of("edge-1").matches(EDGE_1, NO_LABELS)).isTrue();
    assertThat(Target.of("edge-1/envoy").matches(EDGE_1, NO_LABELS)).isTrue();
    assertThat(Target.of("edge-2").matches(EDGE_1, NO_LABELS)).isFalse();
    assertThat(Target.of("edge").zones("b").matches(EDGE_1, NO_LABELS)).isFalse();
    assertThat(Target.of("edge").zones("b", "a").matches(EDGE_1, NO_LABELS)).isTrue();
  }

  @Test
  void labelsMustAllBeThere() {
    Map<String, String> wanted = new TreeMap<>(Map.of("tier", "web"));
    Target target = new Target(null, List.of(), wanted, null, Mode.ALL, null);

    assertThat(target.matches(EDGE_1, new TreeMap<>(Map.of("tier", "web", "x", "y")))).isTrue();
    assertThat(target.matches(EDGE_1, new TreeMap<>(Map.of("tier", "db")))).isFalse();
    assertThat(target.matches(EDGE_1, NO_LABELS)).isFalse();
  }

  @Test
  void processFollowsTheSlash() {
    Target target = Target.of("node-17/pod-311/consul");

    assertThat(target.name()).isEqualTo("node-17");
    assertThat(target.process()).isEqualTo("pod-311/consul");
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, , 10, 10",
    "ONE, , 10, 1",
    "ONE, , 0, 0",
    "FIXED, 3, 10, 3",
    "FIXED, 30, 10, 10",
    "PERCENT, 50, 10, 5",
    "PERCENT, 1, 10, 1",
    "PERCENT, 100, 10, 10",
    "PERCENT, 26, 10, 3",
    "PERCENT, 50, 0, 0",
  })
  void modeSaysHowMany(Mode mode, Double value, int candidates, int chosen) {
    Target target = Target.of("edge").mode(mode, value);

    List<String> choice = target.choose(hosts(candidates), RandomStream.of(1));

    assertThat(choice).hasSize(chosen).isSorted().doesNotHaveDuplicates();
    assertThat(hosts(candidates)).containsAll(choice);
  }

  @Test
  void equalStreamsChooseEqually() {
    Target target = Target.of("edge").mode(Mode.FIXED, 4.0);

    assertThat(target.choose(ten, RandomStream.of(7).fork("step")))
        .isEqualTo(target.choose(ten, RandomStream.of(7).fork("step")));
  }

  @Test
  void everybodyIsChosenSometime() {
    Target target = Target.of("edge").mode(Mode.ONE, null);
    TreeSet<String> chosen = new TreeSet<>();

    // Each of ten is missed by 200 draws with probability 0.9^200 < 1e-9.
    for (int seed = 0; seed < 200; seed++) {
      chosen.addAll(target.choose(ten, RandomStream.of(seed)));
    }

    assertThat(chosen).containsExactlyElementsOf(ten);
  }

  @ParameterizedTest
  @CsvSource({
    "FIXED, ",
    "PERCENT, ",
    "ALL, 1",
    "ONE, 1",
    "FIXED, 0",
    "FIXED, 1.5",
    "PERCENT, 0",
    "PERCENT, 101"
  })
  void valueMustFitTheMode(Mode mode, Double value) {
    assertThatThrownBy(() -> Target.of("edge").mode(mode, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(mode.toString());
  }
}
