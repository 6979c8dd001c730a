package dev.cascade.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Bare loop over actors of {@link NetworkBenchmark}, pair by pair: a JVM of each in turn, so that a
 * machine whose speed drifts spoils few pairs, and the fastest iteration of each, because
 * neighbours can only slow it.
 */
public final class NetworkRatio {
  private static final int PAIRS = 7;

  private NetworkRatio() {}

  public static void main(String[] arguments) throws RunnerException {
    String[] sizes = arguments.length > 0 ? arguments : new String[] {"1000", "10000", "100000"};
    System.out.println(
        "hosts    actors ns  bare ns  ratio: median (least to greatest of " + PAIRS + ")");
    for (String hosts : sizes) {
      double[] actors = new double[PAIRS];
      double[] bare = new double[PAIRS];
      double[] ratios = new double[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        actors[pair] = fastest("actors", hosts);
        bare[pair] = fastest("bare", hosts);
        ratios[pair] = bare[pair] / actors[pair];
      }
      System.out.printf(
          "%-8s %9.0f %8.0f  %.2f (%.2f to %.2f)%n",
          hosts, median(actors), median(bare), median(ratios), ratios[0], ratios[PAIRS - 1]);
    }
  }

  /** Nanoseconds a message. */
  private static double fastest(String what, String hosts) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include(NetworkBenchmark.class.getName() + "\\." + what + "$");
    options.param("hosts", hosts).warmupIterations(4).measurementIterations(4);
    options.verbosity(VerboseMode.SILENT);
    List<Double> scores = new ArrayList<>();
    for (RunResult result : new Runner(options.build()).run()) {
      result
          .getBenchmarkResults()
          .forEach(
              fork ->
                  fork.getIterationResults()
                      .forEach(iteration -> scores.add(iteration.getPrimaryResult().getScore())));
    }
    return scores.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** Sorts them. */
  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
