package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page that opens without a network: styles, scripts and numbers are in it, and its policy lets
 * nothing else in. Scripts and styles are named by their hashes, so that not even a gap in the
 * escaping could run somebody else's.
 */
final class Page {
  private static final String STYLE =
      resource("uPlot.min.css") + resource("report.css") + MessagesSvg.STYLE;
  private static final String CHARTS = resource("uPlot.iife.min.js");
  private static final String SCRIPT = resource("report.js");

  private static final String POLICY =
      "default-src 'none'; script-src %s %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
          .formatted(hash(CHARTS), hash(SCRIPT), hash(STYLE));

  private Page() {}

  /** A page of this title and content, and the numbers that its charts draw. */
  static String of(String title, Html content, ObjectNode numbers) {
    Html page = new Html();
    page.trusted("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY).text("\n");
    page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.open("meta", "name", "color-scheme", "content", "light dark");
    page.open("meta", "name", "generator", "content", "cascade").text("\n");
    page.element("title", title).text("\n");
    page.trusted("<style>" + STYLE + "</style>\n</head>\n<body>\n");
    page.trusted(content.toString());
    page.open("script", "type", "application/json", "id", "numbers");
    page.trusted(SafeJson.text(numbers)).close("script");
    page.trusted("<script>" + CHARTS + "</script>\n");
    page.trusted("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
    return page.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource (" + name + ") is not in the jar.");
      }
      // A browser reads line breaks as \n before it hashes.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
  }
}
