package dev.cascade.cli.sweep;

import dev.cascade.property.Result;
import java.util.ArrayList;
import java.util.List;

/** What a sweep says, in sentences: where properties turn, where curves bend, what it took. */
public final class Answers {
  /**
   * A sentence.
   *
   * @param word what it is about: edge, knee, falls, returns, effort; empty if it goes on
   * @param text the sentence
   */
  public record Answer(String word, String text) {}

  private final Sweep sweep;
  private final List<Answer> answers = new ArrayList<>();

  private Answers(Sweep sweep) {
    this.sweep = sweep;
  }

  /** All that there is to say of a sweep along one parameter; a map speaks for itself. */
  public static List<Answer> of(Sweep sweep) {
    Answers answers = new Answers(sweep);
    if (!sweep.isMap() && !sweep.points().isEmpty()) {
      answers.tell();
    }
    return answers.answers;
  }

  private void tell() {
    if (sweep.isHysteresis()) {
      hysteresis();
    } else {
      for (String property : sweep.asked().properties()) {
        edges(property, sweep.edges().stream().filter(e -> e.property().equals(property)).toList());
      }
    }
    for (String measure : sweep.asked().measures()) {
      Knee knee = sweep.knees().get(measure);
      if (knee != null) {
        line("knee", "%s bends at %s (%s)".formatted(measure, knee.at(), spread(knee)));
      } else if (!sweep.isHysteresis()) {
        line("knee", noKnee(measure));
      }
    }
    if (!sweep.asked().until().isEmpty()) {
      line(
          "effort",
          "%d runs; a grid as fine takes %d".formatted(sweep.runs(), sweep.asked().gridRuns()));
    }
  }

  private static String spread(Knee knee) {
    Knee.Interval interval = knee.interval();
    if (interval == null) {
      String few = knee.seeds() == 1 ? "1 seed" : knee.seeds() + " seeds";
      return "no interval from %s, %d are needed".formatted(few, Knee.SEEDS_MIN);
    }
    return interval.low().equals(interval.high())
        ? "in at least 95 % of resamples of the seeds"
        : "between %s and %s in 95 %% of resamples of the seeds"
            .formatted(interval.low(), interval.high());
  }

  private String noKnee(String measure) {
    return sweep.points().size() < Knee.LEVELS_MIN
        ? "%s: %d levels are too few to tell (%d are needed)"
            .formatted(measure, sweep.points().size(), Knee.LEVELS_MIN)
        : measure + ": no bend that stands out of the noise";
  }

  private void edges(String property, List<Edge> edges) {
    if (edges.isEmpty()) {
      String where = sweep.isComplete() ? ": none in this range, it " : ": none so far, it ";
      line("edge", property + where + everywhere(property));
      return;
    }
    for (Edge edge : edges) {
      line("edge", said(property, edge));
    }
    if (edges.size() > 1) {
      line("", "%s is not monotonic: it turns %d times".formatted(property, edges.size()));
    }
  }

  private static String said(String property, Edge edge) {
    String blurred =
        edge.isBlurred()
            ? " (seeds disagree between %s and %s)".formatted(edge.sureBelow(), edge.sureAbove())
            : "";
    return "%s %s at %s and %s at %s%s"
        .formatted(
            property, verb(edge.from()), edge.below(), verb(edge.to()), edge.above(), blurred);
  }

  private static String verb(Result result) {
    return switch (result) {
      case HOLDS -> "holds";
      case VIOLATED -> "is violated";
      case UNKNOWN -> "is unknown";
    };
  }

  private String everywhere(String property) {
    List<Result> said =
        sweep.points().stream().map(p -> p.votes(property).majority()).distinct().toList();
    return said.size() == 1 ? verb(said.get(0)) : "cannot be judged at some levels";
  }

  private void hysteresis() {
    for (String property : sweep.asked().properties()) {
      List<Edge> up = sweep.edges().stream().filter(e -> e.property().equals(property)).toList();
      List<Edge> down =
          sweep.edgesDown().stream().filter(e -> e.property().equals(property)).toList();
      if (up.isEmpty() && down.isEmpty()) {
        line("edge", property + ": none, it " + everywhere(property) + " all the way");
        continue;
      }
      line(
          "falls",
          up.isEmpty()
              ? property + ": not on the way up"
              : said(property, up.get(0)) + ", on the way up");
      line("returns", returns(property, down));
      if (up.size() > 1 || down.size() > 1) {
        line("", property + " is not monotonic: it turns more than once on one way");
      }
    }
  }

  private String returns(String property, List<Edge> down) {
    if (!down.isEmpty()) {
      Edge edge = down.get(0);
      return "%s %s at %s and %s again at %s, on the way down%s"
          .formatted(
              property,
              verb(edge.to()),
              edge.above(),
              verb(edge.from()),
              edge.below(),
              edge.isBlurred()
                  ? " (seeds disagree between %s and %s)"
                      .formatted(edge.sureBelow(), edge.sureAbove())
                  : "");
    }
    Votes lowest = sweep.down().get(0).votes(property);
    return lowest.majority() == Result.VIOLATED
        ? property + ": not even at " + sweep.down().get(0).level()
        : property + ": at once";
  }

  private void line(String word, String text) {
    answers.add(new Answer(word, text));
  }
}
