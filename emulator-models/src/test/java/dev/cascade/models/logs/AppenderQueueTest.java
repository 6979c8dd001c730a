package dev.cascade.models.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.logs.AppenderQueue.Offered;
import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logback's AsyncAppender: 256 lines, of which the last fifth is for WARN and ERROR. */
class AppenderQueueTest {
  private final AppenderQueue queue = new AppenderQueue(256, 51, false);

  private static Lines lines(Level level, int count) {
    return new Lines(new LineKind("shop", "said", level, 200), count, 0);
  }

  /** A line is dropped if there is room for fewer than 51: 206 get in, and leave room for 50. */
  @Test
  void infoIsDroppedBelowAFifthOfRoom() {
    assertThat(queue.offer(lines(Level.INFO, 1000))).isEqualTo(new Offered(794, 0, 0));

    assertThat(queue.size()).isEqualTo(206);
    assertThat(queue.offer(lines(Level.DEBUG, 1)).discarded()).isEqualTo(1);
    assertThat(queue.offer(lines(Level.WARN, 50))).isEqualTo(Offered.ALL_IN);
  }

  @Test
  void linesOneByOneAndAllAtOnceAreTheSame() {
    AppenderQueue other = new AppenderQueue(256, 51, false);
    int discarded = 0;
    for (int i = 0; i < 300; i++) {
      discarded += other.offer(lines(Level.INFO, 1)).discarded();
    }

    assertThat(queue.offer(lines(Level.INFO, 300)).discarded()).isEqualTo(discarded);
    assertThat(queue.size()).isEqualTo(other.size());
  }

  @Test
  void errorsWaitOutsideInTheOrderInWhichTheyCame() {
    List<String> in = new ArrayList<>();
    queue.offer(lines(Level.ERROR, 256));
    assertThat(queue.offer(lines(Level.ERROR, 10)).waiting()).isEqualTo(10);
    queue.await(lines(Level.ERROR, 10), () -> in.add("first"));
    assertThat(queue.offer(lines(Level.WARN, 5)).waiting()).isEqualTo(5);
    queue.await(lines(Level.WARN, 5), () -> in.add("second"));
    assertThat(queue.held()).isEqualTo(271);

    queue.remove(9);
    queue.admit();
    assertThat(in).isEmpty(); // one of the first ten is still outside

    assertThat(queue.offer(lines(Level.ERROR, 1)).waiting()).isEqualTo(1); // does not pass them
    queue.remove(1);
    queue.admit();
    assertThat(in).containsExactly("first");
    queue.remove(5);
    queue.admit();
    assertThat(in).containsExactly("first", "second");
    assertThat(queue.size()).isEqualTo(256);
  }

  @Test
  void whoMayNotBlockLosesErrorsToo() {
    AppenderQueue never = new AppenderQueue(256, 51, true);

    assertThat(never.offer(lines(Level.ERROR, 300))).isEqualTo(new Offered(0, 44, 0));
    assertThat(never.size()).isEqualTo(256);
  }
}
