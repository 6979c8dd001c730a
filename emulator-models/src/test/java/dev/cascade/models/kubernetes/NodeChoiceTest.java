package dev.cascade.models.kubernetes;

import static dev.cascade.models.kubernetes.ClusterConfig.Scoring.LEAST_REQUESTED;
import static dev.cascade.models.kubernetes.ClusterConfig.Scoring.MOST_REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which node a pod goes to. */
class NodeChoiceTest {
  private static final ClusterView VIEW =
      ClusterViews.of()
          .node("empty")
          .node("half")
          .bound(1, "half")
          .node("full")
          .bound(1.5, "full")
          .node("lost", "workers", false)
          .pending(1, 0.4)
          .pending(1, 1)
          .pending(1, 2.5)
          .view();

  private static String best(ClusterConfig.Scoring scoring, int pod) {
    return String.join(" ", new NodeChoice(VIEW, scoring).best(VIEW.pending().get(pod)));
  }

  @Test
  void requestsDecideAndLostNodesGetNothing() {
    assertThat(best(LEAST_REQUESTED, 0)).isEqualTo("empty");
    assertThat(best(MOST_REQUESTED, 0)).isEqualTo("full");
    assertThat(best(MOST_REQUESTED, 1)).isEqualTo("half");
    assertThat(best(LEAST_REQUESTED, 2)).isEmpty();
  }

  @Test
  void whatWasPlacedCountsAtOnce() {
    NodeChoice choice = new NodeChoice(VIEW, LEAST_REQUESTED);
    ClusterView.Pod pod = VIEW.pending().get(1);

    assertThat(choice.best(pod)).containsExactly("empty");
    choice.take(pod, "empty");
    assertThat(choice.best(pod)).containsExactly("empty", "half");
    choice.take(pod, "empty");
    assertThat(choice.best(pod)).containsExactly("half");
    choice.take(pod, "half");
    assertThat(choice.best(pod)).isEmpty();
  }
}
