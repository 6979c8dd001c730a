package dev.cascade.models.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import dev.cascade.models.records.Records;
import dev.cascade.node.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches, and requests that are made of them. */
class PublishQueueTest {
  private static final LineKind KIND = new LineKind("shop", "failed", Level.ERROR, 1_000);

  private static Records records(int count, long time) {
    return new Records(KIND, 1, count, time);
  }

  @Test
  void throttledRecordsGoFirstInTheNextRequest() {
    PublishQueue queue = new PublishQueue(AgentConfig.DEFAULT);
    queue.add(List.of(records(500, 1)));
    queue.add(List.of(records(500, 2)));

    assertThat(queue.take(500, 5_000_000)).containsExactly(records(500, 1));
    queue.done(List.of(200));
    assertThat(queue.take(500, 5_000_000)).containsExactly(records(200, 1), records(300, 2));
    queue.undone(); // nobody knows: all of it again
    assertThat(queue.take(500, 5_000_000)).containsExactly(records(200, 1), records(300, 2));
    queue.done(List.of(0, 0));
    assertThat(queue.take(500, 5_000_000)).containsExactly(records(200, 2));
    assertThat(queue.lines()).isEqualTo(200);
    queue.done(List.of(0));
    assertThat(queue.size()).isZero();
  }

  @Test
  void aRequestHasNoMoreBytesThanItMay() {
    PublishQueue queue = new PublishQueue(AgentConfig.DEFAULT);
    queue.add(List.of(records(500, 1)));

    assertThat(queue.take(500, 100_500)).containsExactly(records(100, 1));
  }

  @Test
  void aBatchHoldsSoManyRecordsAndBytes() {
    Batch byRecords = new Batch(AgentConfig.DEFAULT);
    LineKind small = new LineKind("shop", "went", Level.INFO, 200);
    assertThat(byRecords.add(new Lines(small, 400, 1))).isEqualTo(400);
    assertThat(byRecords.add(new Lines(KIND, 400, 2))).isEqualTo(100);
    assertThat(byRecords.records()).containsExactly(new Records(small, 1, 400, 1), records(100, 2));

    Batch byBytes = new Batch(AgentConfig.DEFAULT);
    LineKind large = new LineKind("shop", "dumped", Level.ERROR, 20_000);
    assertThat(byBytes.add(new Lines(large, 400, 1))).isEqualTo(250); // 5 MB
  }

  /** 256 lines of 200 B fit into 50 KiB. */
  @Test
  void aggregationPutsLinesOfOneKindIntoOneRecord() {
    Batch batch = new Batch(AgentConfig.DEFAULT.aggregated(new Size(51_200)));
    LineKind small = new LineKind("shop", "went", Level.INFO, 200);
    batch.add(new Lines(small, 300, 1));
    batch.add(new Lines(small, 300, 2));

    assertThat(batch.records())
        .containsExactly(new Records(small, 256, 2, 1), new Records(small, 88, 1, 1));
  }
}
