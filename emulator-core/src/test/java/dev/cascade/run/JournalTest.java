package dev.cascade.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"50000, -", "50001, 1", "50007, 7"})
  void theEndTellsHowManyEventsWereNotKept(int events, String leftOut) {
    Journal journal = new Journal(RunListener.NONE);
    for (int i = 0; i < events; i++) {
      journal.event(i, "pod-ready", "a-1/kubelet", new TreeMap<>());
    }

    journal.end(events, Ending.COMPLETED, Verdict.PASS);

    assertThat(journal.entries()).hasSize(50_001);
    assertThat(journal.entries().get(50_000).fields().get("eventsLeftOut")).isEqualTo(leftOut);
  }
}
