package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateCheckTest {
  private static SteadyStateCheck check(String... expressions) {
    List<SteadyState.Probe> probes =
        List.of(expressions).stream()
            .map(expr -> new SteadyState.Probe("probe: " + expr, expr))
            .toList();
    return new SteadyStateCheck(new SteadyState("Normal", probes), Emulated.VOCABULARY);
  }

  @Test
  void probesAreTestedAtTheNewestTickAtTheirWorst() {
    Emulated run = new Emulated(0);
    run.a.gauge("threads").set(3);
    run.tick();
    run.a.gauge("threads").set(9);
    run.a.gauge("threads").set(4);
    run.tick();

    List<ProbeResult> results =
        check(
                "gauge('threads') > 2",
                "gauge('threads') < 9",
                "ratio('drops_total', 'requests_total', '1s') < 1")
            .test(run.readings);

    assertThat(results)
        .extracting(ProbeResult::result)
        .containsExactly(Result.HOLDS, Result.VIOLATED, Result.UNKNOWN);
    assertThat(results).extracting(ProbeResult::measured).containsExactly(3.0, 9.0, null);
    assertThat(SteadyStateCheck.of(results)).isEqualTo(Result.VIOLATED);
    assertThat(SteadyStateCheck.of(results.subList(0, 1))).isEqualTo(Result.HOLDS);
    assertThat(SteadyStateCheck.of(List.of(results.get(0), results.get(2))))
        .isEqualTo(Result.UNKNOWN);
  }

  @Test
  void allProbesAreCheckedWhenTheyAreRead() {
    assertThatThrownBy(() -> check("gauge('x') > 1", "1 + 1"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("probe: gauge('x') > 1:1:7: There is no metric (x)")
        .hasMessageContaining("probe: 1 + 1:1:1: A property is true or false");
  }

  @Test
  void namesAreUniqueAndFilesReadable() throws Exception {
    assertThatThrownBy(() -> check("true", "true")).hasMessageContaining("two probes");
    assertThat(
            new ObjectMapper()
                .readValue(
                    "{\"title\":\"T\",\"probes\":[{\"name\":\"a\",\"expr\":\"true\"}]}",
                    SteadyState.class))
        .isEqualTo(new SteadyState("T", List.of(new SteadyState.Probe("a", "true"))));
  }
}
