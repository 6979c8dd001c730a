package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.scenario.FieldGuide.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that a scenario file can say is explained. */
class FieldGuideTest {
  private static final FieldGuide GUIDE = FieldGuide.of(TestModels.CATALOG);

  /** Types are recursive, so that paths have no end. */
  private static final int DEPTH = 5;

  @Test
  void everySectionAndSettingIsATopic() {
    List<String> names = GUIDE.topics().stream().map(Topic::name).toList();

    assertThat(names).containsAll(Section.keys()).containsAll(RecordShape.of(Timing.class).names());
  }

  @Test
  void everyPathThatIsShownIsFound() {
    int found = 0;
    for (Topic topic : GUIDE.topics()) {
      found += walk(topic.name(), topic, 1);
    }

    // The sections alone are 13; a walk that stops at the top would find fewer than a hundred.
    assertThat(found).isGreaterThan(100);
  }

  private static int walk(String path, Topic topic, int depth) {
    Topic found = GUIDE.find(path);
    assertThat(found.type()).as(path).isEqualTo(topic.type());
    assertThat(found.description()).as(path).isEqualTo(topic.description());
    int count = 1;
    if (depth < DEPTH) {
      for (Topic part : topic.parts().get()) {
        count += walk(path + "." + part.name(), part, depth + 1);
      }
    }
    return count;
  }

  @Test
  void whatIsMissingAndWhatItMeansIsTold() {
    assertThat(GUIDE.find("service.threads").required()).isTrue();
    assertThat(GUIDE.find("balancer.timeout").defaultText()).isEqualTo("1s");
    assertThat(GUIDE.find("balancer.timeout").type()).isEqualTo("a duration such as 500ms");
    assertThat(GUIDE.find("service.queue.discipline").type()).isEqualTo("one of fifo, lifo");
    assertThat(GUIDE.find("load.executor").type()).contains("constant-arrival-rate");
    assertThat(GUIDE.find("service.endpoints.hold.p99").required()).isTrue();
  }

  @Test
  void mistypedPathsGetASuggestion() {
    assertThatThrownBy(() -> GUIDE.find("service.thread"))
        .hasMessage("The topic (service) has no part (thread). Maybe \"threads\"?");
    assertThatThrownBy(() -> GUIDE.find("topolgy")).hasMessageContaining("Maybe \"topology\"?");
    assertThatThrownBy(() -> GUIDE.find("service.threads.x")).hasMessageContaining("no part (x)");
  }
}
