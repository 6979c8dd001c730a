package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of a timeline: expected, measured, within tolerance or not. */
class TimelineOutputTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  /** The power fails from 20 to 25 s; who came then was answered at the earliest at its end. */
  private String scenario(String clock) {
    String timeline =
        """
          timeline:
            - {name: power-fails, clock: "09:00", given: event('power-cut')}
            - {name: users-wait, clock: "%s", tolerance: 5s, emergent: "quantile(0.95, 'http_client_request_duration_seconds', '5s') >= 3"}
          properties:
        """
            .formatted(clock);
    return cli.file("queue.yaml", Cli.QUEUE.replace("  properties:\n", timeline));
  }

  private String page() throws IOException {
    return Files.readString(cli.runs().resolve("queue").resolve("latest").resolve("report.html"));
  }

  @Test
  void inTimeItIsShownAndTheRunPasses() throws IOException {
    Cli.Said said = cli.keeping("run", scenario("09:00:08"), "-q");

    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.out())
        .containsPattern("TIMELINE\\n +clock +expected at +measured at +off by +tolerance")
        .containsPattern("· +power-fails +09:00 +20s +20s +given")
        .containsPattern("✓ +users-wait +09:00:08 +28s +2\\ds +-?\\ds +±5s +in time")
        .contains("verdict  pass");
    assertThat(page())
        .contains("Beside the post-mortem")
        .containsPattern("power-fails</th>\\s*<td>09:00</td>" + cells("20s", "20s", "given", ""))
        .containsPattern(
            "users-wait</th>\\s*<td>09:00:08</td>" + cells("28s", "2\\d.*s", "[−+].*s", "±5s"));
  }

  @Test
  void outOfTimeItFailsTheRunAndSaysByHowMuch() throws IOException {
    Cli.Said said = cli.keeping("run", scenario("09:00:30"), "-q");

    assertThat(said.code()).as(said.out()).isEqualTo(1);
    assertThat(said.out())
        .containsPattern("✗ +users-wait +09:00:30 +50s +2\\ds +-2\\ds +±5s +It came too early\\.")
        .contains("verdict  fail");
    assertThat(page()).containsPattern("users-wait<span class=\"note\">It came too early\\.");
  }

  @Test
  void overSeveralSeedsItCountsThoseInTime() {
    Cli.Said said = cli.keeping("compare", scenario("09:00:08"), "--seeds", "1..2", "-q");

    assertThat(said.out())
        .containsPattern("TIMELINE +\\(base, 2 seeds")
        .containsPattern("users-wait +09:00:08 +28s .* in time 2/2");
  }

  /** What is expected, what was measured, how far off that is, and how far it may be. */
  private static String cells(String... patterns) {
    return Stream.of(patterns)
        .map("<td class=\"number\">%s</td>"::formatted)
        .collect(Collectors.joining("\\s*", "\\s*", ""));
  }
}
