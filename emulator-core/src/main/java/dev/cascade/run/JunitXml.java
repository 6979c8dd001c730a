package dev.cascade.run;

import dev.cascade.property.Conclusion.Match;

/** A run as JUnit's XML, in which build servers show each property as a test. */
final class JunitXml {
  private JunitXml() {}

  static String of(RunResult result) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    long failures = result.findings().properties().stream().filter(JunitXml::isFailure).count();
    long skipped = result.findings().properties().stream().filter(JunitXml::isSkipped).count();
    xml.append("<testsuite name=\"")
        .append(escape(result.scenario().metadata().name()))
        .append("\" tests=\"")
        .append(result.findings().properties().size())
        .append("\" failures=\"")
        .append(failures)
        .append("\" skipped=\"")
        .append(skipped)
        .append("\" time=\"")
        .append(RunJson.wallSeconds(result).toPlainString())
        .append("\">\n");
    for (PropertyVerdict property : result.findings().properties()) {
      append(xml, result, property);
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static void append(StringBuilder xml, RunResult result, PropertyVerdict property) {
    xml.append("  <testcase classname=\"")
        .append(escape(result.scenario().metadata().name()))
        .append("\" name=\"")
        .append(escape(property.name()))
        .append("\"");
    String reasoning = escape(property.conclusion().reasoning() + thresholds(property));
    if (isFailure(property)) {
      xml.append("><failure message=\"").append(reasoning).append("\"/></testcase>\n");
    } else if (isSkipped(property)) {
      xml.append("><skipped message=\"").append(reasoning).append("\"/></testcase>\n");
    } else {
      xml.append("/>\n");
    }
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

  private static boolean isFailure(PropertyVerdict property) {
    return property.counts() && property.conclusion().match() == Match.DEVIATED;
  }

  private static boolean isSkipped(PropertyVerdict property) {
    return property.counts() && property.conclusion().match() == Match.INCONCLUSIVE;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
