package dev.cascade.models.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What crosses a narrow link in a shipped scenario has a size, and takes its time. */
class NarrowLinkScenarioTest {
  private static final Path QUEUE = Path.of("..", "config", "scenarios", "queue.yaml");

  /** The mean time that users of {@code queue.yaml} wait for an answer, with these links. */
  private static double seconds(String links, String body) throws IOException {
    String text =
        Files.readString(QUEUE)
            .replace("  load:\n", links + "  load:\n")
            .replace("path: /, hold", "path: /, responseBody: " + body + ", hold")
            .replace("duration: 20m", "duration: 3m")
            .replace(
                "mean('service_queue_wait_seconds')",
                "mean('http_client_request_duration_seconds')");
    RunResult result =
        Emulation.of(
                new ScenarioReader(ModelCatalog.load())
                    .read(new ScenarioSource("queue.yaml", text), Overrides.NONE)
                    .scenario(List.of()))
            .run();
    assertThat(result.end().failure()).isNull();
    return Objects.requireNonNull(result.findings().measurements().get("wait_seconds"));
  }

  @Test
  void slowsDownAnswersByTheirSize() throws IOException {
    String narrow = "  links: [{from: shop, to: visitors, bandwidth: 1MB/s}]\n";
    double wide = seconds("", "20kB");
    double small = seconds(narrow, "2kB");
    double large = seconds(narrow, "10kB");

    // 2.3 kB and 10.3 kB at 1 MB/s; 70/s keep the link busy for 16 % and 72 % of the time.
    assertThat(small - wide).isBetween(0.0022, 0.004);
    assertThat(large - wide).isGreaterThan(0.0103);
  }
}
