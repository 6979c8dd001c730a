package dev.cascade.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.cli.CommandLineForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in a real browser. Without one the tests are skipped, unless {@value #REQUIRED} is set:
 * then that is a failure.
 */
class ReportIT {
  private static final String REQUIRED = "CASCADE_BROWSER_REQUIRED";

  /** What would run or show itself, were it not text. */
  private static final String HOSTILE =
      "</script><script>window.hostile = 1</script><img src=x onerror=\\\"window.hostile = 2\\\">\\u2028 & 'quoted'";

  private static final String SCENARIO =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata:
        name: report
        title: "HOSTILE"
        description: "HOSTILE"
      spec:
        seed: 42
        duration: 120s
        warmup: 5s
        sampling: 100ms
        topology:
          - name: shop
            model: service
            config:
              threads: 1
              queue: {capacity: 20}
              endpoints:
                - {name: buy, path: /buy, cpu: {distribution: exponential, mean: 100ms}}
        load:
          - {name: users, executor: constant-arrival-rate, target: shop, path: /buy, rate: 5/s, timeout: 10s}
        method:
          - {name: power-cut, at: 20s, action: crash, target: shop, duration: 15s}
        properties:
          - name: "quick HOSTILE"
            always: quantile(0.95, 'http_client_request_duration_seconds', '5s') < 3
          - name: answers
            sometimes: rate('http_client_requests_total{outcome="success"}', '5s') > 1
        measurements:
          p50_seconds: quantile(0.5, 'http_client_request_duration_seconds')
        mitigations:
          - {name: no-cut, set: {method.power-cut.enabled: false}}
        expect:
          base: {"quick HOSTILE": violated}
      """
          .replace("HOSTILE", HOSTILE);

  /** The folder is deleted after the browser, which writes into it, is gone. */
  @TempDir private static Path folder;

  private static Chromium browser;
  private static Path report;
  private static Path comparison;
  private static Path sweep;

  @BeforeAll
  static void runAndStart() throws IOException, InterruptedException {
    Optional<Path> binary = Chromium.find();
    if (System.getenv(REQUIRED) == null) {
      assumeThat(binary)
          .as(
              "No Chromium on the PATH, so that nobody looks at the report. Maybe install chromium?")
          .isPresent();
    }
    assertThat(binary).as("A Chromium on the PATH, as " + REQUIRED + " is set").isPresent();
    Path file = Files.writeString(folder.resolve("report.yaml"), SCENARIO);
    Path runs = folder.resolve("runs");
    CommandLineForTests.call("run", file.toString(), "-q", "--out", runs.toString());
    CommandLineForTests.call("compare", file.toString(), "-q", "--out", runs.toString());
    report = runs.resolve("report").resolve("latest").resolve("report.html").toRealPath();
    try (Stream<Path> all = Files.list(runs.resolve("report"))) {
      comparison =
          all.filter(path -> path.toString().endsWith("-compare.html")).findFirst().orElseThrow();
    }
    CommandLineForTests.call(
        "sweep",
        file.toString(),
        "-q",
        "--set",
        "load.users.rate=0.1/s,4/s,40/s,100/s",
        "--seeds",
        "2",
        "--measure",
        "p50_seconds",
        "--out",
        runs.toString());
    try (Stream<Path> all = Files.walk(runs)) {
      sweep = all.filter(path -> path.endsWith("sweep.html")).findFirst().orElseThrow();
    }
    browser = Chromium.start(binary.orElseThrow(), folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(Path page) {
    browser.size(1280, 900);
    browser.prefers("light");
    browser.open(page.toUri());
  }

  /** Walks down the page, so that all charts that are not folded are drawn. */
  private static void drawAll() {
    browser.evaluate(
        """
        (async () => {
          document.documentElement.style.scrollBehavior = 'auto';
          for (const figure of document.querySelectorAll('details[open] figure, .grid > figure')) {
            figure.scrollIntoView();
            await new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)));
          }
          scrollTo(0, 0);
        })()
        """);
    browser.settle();
  }

  /** Canvases that somebody sees, and those that are blank. */
  private static JsonNode canvases() {
    return browser.evaluate(
        """
        (() => {
          const seen = [...document.querySelectorAll('canvas')].filter(c => c.offsetParent !== null);
          const blank = seen.filter(c => !c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0));
          const figures = [...document.querySelectorAll('figure[data-chart]')].filter(f => f.offsetParent !== null);
          return {seen: seen.length, blank: blank.length, figures: figures.length};
        })()
        """);
  }

  private static void assertDrawnAndQuiet() {
    drawAll();
    assertThat(canvases().path("figures").asInt()).isGreaterThan(4);
    assertThat(canvases().path("seen").asInt())
        .isGreaterThanOrEqualTo(canvases().path("figures").asInt());
    assertThat(canvases().path("blank").asInt()).isZero();
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file://"));
  }

  @Test
  void reportDrawsItsChartsAndAsksNobodyForAnything() {
    open(report);

    assertDrawnAndQuiet();
  }

  @Test
  void comparisonDrawsItsChartsAndAsksNobodyForAnything() {
    open(comparison);

    assertDrawnAndQuiet();
    assertThat(browser.evaluate("document.body.innerText").asText()).contains("no-cut", "base");
  }

  @Test
  void sweepDrawsItsCurvesAndAsksNobodyForAnything() {
    open(sweep);

    drawAll();
    assertThat(canvases().path("figures").asInt()).isEqualTo(3); // a measurement, two properties
    assertThat(canvases().path("seen").asInt()).isEqualTo(3);
    assertThat(canvases().path("blank").asInt()).isZero();
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file://"));
  }

  /** What has ink at the canvas's very edge is cut there. */
  @Test
  void lastWordBelowACurveIsWhole() {
    for (int width : List.of(1200, 390)) {
      open(sweep);
      browser.size(width, 900);
      drawAll();

      JsonNode cut =
          browser.evaluate(
              """
              [...document.querySelectorAll('canvas')].filter(c => c.offsetParent !== null).map(
                c => c.getContext('2d').getImageData(c.width - 1, 0, 1, c.height).data.some(v => v > 0))
              """);

      assertThat(cut).as("at %d pixels".formatted(width)).isNotEmpty();
      assertThat(cut).noneMatch(JsonNode::asBoolean);
    }
  }

  @Test
  void hostileNamesAreShownAndDoNothing() {
    for (Path page : List.of(report, comparison, sweep)) {
      open(page);
      drawAll();

      assertThat(browser.evaluate("document.querySelector('h1').textContent").asText())
          .contains("</script><script>window.hostile = 1</script><img src=x")
          .endsWith("& 'quoted'");
      assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
      assertThat(browser.evaluate("String(window.hostile)").asText()).isEqualTo("undefined");
    }
  }

  @Test
  void policyStopsWhatWouldGetIn() {
    open(report);

    browser.evaluate(
        "(() => { const script = document.createElement('script');"
            + " script.textContent = 'window.hostile = 3'; document.body.append(script);"
            + " document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/'})); })()");
    browser.settle();

    assertThat(browser.evaluate("String(window.hostile)").asText()).isEqualTo("undefined");
    assertThat(browser.errors()).anyMatch(error -> error.contains("Content Security Policy"));
  }

  @Test
  void keyboardGoesThroughThePageInItsOrder() {
    open(report);
    drawAll();
    browser.evaluate(
        "window.focused = []; document.addEventListener('focusin', e => focused.push(e.target))");

    for (int i = 0; i < 12; i++) {
      browser.press("Tab");
    }

    assertThat(
            browser
                .evaluate(
                    "focused.every((e, i) => i === 0 || focused[i - 1].compareDocumentPosition(e)"
                        + " & Node.DOCUMENT_POSITION_FOLLOWING)")
                .asBoolean())
        .isTrue();
    assertThat(words("focused.map(e => e.className || e.tagName)"))
        .startsWith("skip")
        .contains("plot", "BUTTON");
  }

  @Test
  void arrowsMoveTheCursorAndPlusZooms() {
    open(report);
    drawAll();
    browser.evaluate("document.querySelector('.plot').focus()");

    browser.press("Home");
    assertThat(text("#range")).startsWith("at 300ms"); // 1,200 ticks are 400 points
    browser.press("ArrowRight");
    assertThat(text("#range")).startsWith("at 600ms");
    browser.press("+");

    assertThat(text("#range")).contains(" to ");
    assertThat(browser.evaluate("document.querySelector('.controls').hidden").asBoolean())
        .isFalse();
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent").asText();
  }

  private static List<String> words(String script) {
    List<String> words = new ArrayList<>();
    browser.evaluate(script).forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void darkPageIsDarkAndSoAreItsCharts() {
    open(report);
    drawAll();
    String look =
        "[getComputedStyle(document.body).backgroundColor, document.querySelector('canvas').toDataURL()]";
    List<String> light = words(look);

    browser.prefers("dark");
    browser.settle();
    List<String> dark = words(look);

    assertThat(dark.get(0)).isNotEqualTo(light.get(0));
    assertThat(dark.get(1)).isNotEqualTo(light.get(1));
  }

  @Test
  void narrowPageDoesNotScrollSideways() {
    open(report);
    browser.size(360, 800);
    drawAll();

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
  }

  /** Words of the time axis that touch cannot be told apart. */
  @Test
  void wordsOfTheAxisStandApartOnAPhone() {
    open(report);
    browser.size(390, 800);

    JsonNode gaps =
        browser.evaluate(
            """
            (() => {
              const words = [...document.querySelectorAll('.axis text')].map(t => t.getBoundingClientRect()).filter(r => r.width > 0);
              return words.slice(1).map((r, i) => r.left - words[i].right);
            })()
            """);

    assertThat(gaps).hasSizeGreaterThan(1).allMatch(gap -> gap.asDouble() >= 4);
  }

  /** Of 441, the greatest distance of two colours; 100 is told apart at a glance. */
  @Test
  void faultsAndViolationsDifferInColour() {
    open(report);
    for (String scheme : List.of("light", "dark")) {
      browser.prefers(scheme);

      JsonNode distance =
          browser.evaluate(
              """
              (() => {
                const style = getComputedStyle(document.documentElement);
                const colour = kind => style.getPropertyValue('--' + kind).match(/[0-9a-f]{2}/g).map(hex => parseInt(hex, 16));
                const [one, other] = [colour('fault'), colour('violated')];
                return Math.hypot(...one.map((value, i) => value - other[i]));
              })()
              """);
      assertThat(distance.asDouble()).as(scheme).isGreaterThan(60);
    }
  }

  @Test
  void curveOfAPropertyHasNoMarksOfAnother() {
    open(sweep);
    drawAll();

    JsonNode charts =
        browser.evaluate(
            """
            [...document.querySelectorAll('figure[data-chart]')].map(f => [f.querySelector('b').textContent, f.dataset.marks])
            """);

    String quick = charts.path(1).path(1).asText("none");
    String answers = charts.path(2).path(1).asText();
    assertThat(charts.path(1).path(0).asText()).startsWith("quick");
    assertThat(quick).doesNotContain("answers");
    assertThat(answers).contains("answers"); // at 0.1 a second there are none often enough
  }

  @Test
  void comparisonSaysWhatItIsOfAndHowToRepeatIt() {
    open(comparison);

    assertThat(text(".facts")).contains("report", "base, no-cut");
    assertThat(text(".repeat code")).startsWith("./cascade compare ").endsWith("--seed 42");
    assertThat(text("#measurements")).containsPattern("[0-9]\\u202Fm?s");
  }

  @Test
  void pickedSeriesAreDrawn() {
    open(report);

    browser.evaluate("document.querySelector('#picks input').click()");
    browser.settle();

    assertThat(browser.evaluate("document.querySelectorAll('#picked canvas').length").asInt())
        .isEqualTo(1);
  }

  @Test
  void pageIsPrinted() {
    open(report);

    assertThat(new String(browser.pdf(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .startsWith("%PDF");
    assertThat(browser.errors()).isEmpty();
  }
}
