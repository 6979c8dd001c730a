package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same history in other JVMs, whose identity hashes, garbage collector, compiler and salts of
 * {@code Set.of} differ. Within one JVM two runs would agree on an order that no other would.
 */
class OtherJvmIT {
  private static final int SEEDS = 3;

  /** What another JVM runs: prints the hash of each seed. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      int shards = Integer.parseInt(arguments[0]);
      for (long seed = 1; seed <= SEEDS; seed++) {
        System.out.println("hash " + history(seed, shards));
      }
    }
  }

  private static String history(long seed, int shards) {
    try (Engine engine = Turmoil.world(seed, shards)) {
      Turmoil.strike(engine, seed, Duration.ofMillis(500), () -> {});
      return engine.failure() + " " + engine.traceHash() + " " + engine.messages();
    }
  }

  private static List<String> elsewhere(String shards, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), shards));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines.stream().filter(line -> line.startsWith("hash ")).toList();
  }

  @Test
  void theHistoryIsTheSameInEveryJvm() throws IOException, InterruptedException {
    List<String> here = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      here.add("hash " + history(seed, 1));
    }
    assertThat(here).allMatch(line -> line.startsWith("hash null"));
    String experimental = "-XX:+UnlockExperimentalVMOptions";
    // Identity hashes: 0 is random, 2 is 1 for every object, 3 counts up.
    assertThat(elsewhere("1", experimental, "-XX:hashCode=0", "-XX:+UseSerialGC")).isEqualTo(here);
    assertThat(elsewhere("2", experimental, "-XX:hashCode=2", "-XX:+UseParallelGC"))
        .isEqualTo(here);
    assertThat(elsewhere("3", experimental, "-XX:hashCode=3", "-XX:TieredStopAtLevel=1"))
        .isEqualTo(here);
  }
}
