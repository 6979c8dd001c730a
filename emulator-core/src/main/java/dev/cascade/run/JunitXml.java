package dev.cascade.run;

import dev.cascade.property.Conclusion;
import dev.cascade.property.Conclusion.Match;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as JUnit's XML, in which build servers show each property as a test, and each entry of the
 * timeline that must follow by itself.
 */
final class JunitXml {
  private JunitXml() {}

  /** How a test ended. */
  private enum How {
    PASSED,
    FAILURE,
    SKIPPED
  }

  /**
   * What build servers show.
   *
   * @param message why it did not pass; null if it did
   */
  private record TestCase(String name, How how, @Nullable String message) {
    void append(StringBuilder xml, String suite) {
      xml.append("  <testcase classname=\"").append(escape(suite));
      xml.append("\" name=\"").append(escape(name)).append('"');
      if (message == null) {
        xml.append("/>\n");
      } else {
        String tag = how == How.FAILURE ? "failure" : "skipped";
        xml.append("><").append(tag).append(" message=\"").append(escape(message));
        xml.append("\"/></testcase>\n");
      }
    }
  }

  static String of(RunResult result) {
    List<TestCase> tests = new ArrayList<>();
    result.findings().properties().forEach(property -> tests.add(test(property)));
    result.findings().timeline().stream()
        .filter(entry -> entry.finding().entry().isEmergent())
        .forEach(entry -> tests.add(test(entry)));
    String suite = result.scenario().metadata().name();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"").append(escape(suite));
    xml.append("\" tests=\"").append(tests.size());
    xml.append("\" failures=\"").append(count(tests, How.FAILURE));
    xml.append("\" skipped=\"").append(count(tests, How.SKIPPED));
    xml.append("\" time=\"").append(RunJson.wallSeconds(result).toPlainString()).append("\">\n");
    tests.forEach(test -> test.append(xml, suite));
    return xml.append("</testsuite>\n").toString();
  }

  private static long count(List<TestCase> tests, How how) {
    return tests.stream().filter(test -> test.how() == how).count();
  }

  private static TestCase test(PropertyVerdict property) {
    String message = property.conclusion().reasoning() + thresholds(property);
    return test(property.name(), property.counts(), property.conclusion(), message);
  }

  private static TestCase test(TimelineVerdict entry) {
    String name = "timeline: " + entry.name();
    if (!entry.isScored()) {
      return new TestCase(name, How.SKIPPED, "With a mitigation history is meant to be another.");
    }
    String reason = entry.finding().reason();
    String message = entry.conclusion().reasoning() + (reason == null ? "" : " " + reason);
    return test(name, true, entry.conclusion(), message);
  }

  private static TestCase test(String name, boolean counts, Conclusion conclusion, String message) {
    if (counts && conclusion.match() == Match.DEVIATED) {
      return new TestCase(name, How.FAILURE, message);
    }
    return counts && conclusion.match() == Match.INCONCLUSIVE
        ? new TestCase(name, How.SKIPPED, message)
        : new TestCase(name, How.PASSED, null);
  }

  /** What the thresholds measured, if the property is made of some. */
  private static String thresholds(PropertyVerdict property) {
    StringBuilder text = new StringBuilder();
    for (ThresholdVerdict threshold : property.thresholds()) {
      text.append(" %s: %s".formatted(threshold.limit().text(), threshold.result().word()));
      if (threshold.measured() != null) {
        text.append(", measured ").append(JsonNumbers.of(threshold.measured()));
      }
      text.append('.');
    }
    return text.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
