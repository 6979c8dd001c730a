package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Purpose;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As many requests as there is room for are kept, the same ones for any number of shards. */
class RequestSpansTest {
  private static RequestSpan span(long to, int host) {
    return new RequestSpan(0, to, "host-" + host, "a", "b", "/", Purpose.REQUEST, "reply", 1, 1);
  }

  /** Ten hosts whose requests end three at a time. */
  private static RequestSpans.Taken take(int shards, int room) {
    List<RequestSpans> all =
        java.util.stream.IntStream.range(0, shards).mapToObj(i -> new RequestSpans()).toList();
    all.forEach(shard -> shard.room(room));
    for (int i = 0; i < 60; i++) {
      long to = i / 3;
      int host = i * 7 % 10;
      all.get(host % shards).ended(to, () -> span(to, host));
    }
    return RequestSpans.take(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 20, 25, 59, 60, 100})
  void shardsKeepTogetherWhatOneWouldKeep(int room) {
    RequestSpans.Taken one = take(1, room);

    assertThat(one.kept()).hasSize(Math.min(room, 60));
    assertThat(one.leftOut()).isEqualTo(60 - Math.min(room, 60));
    for (int shards : List.of(2, 3, 5)) {
      assertThat(take(shards, room)).isEqualTo(one);
    }
  }
}
