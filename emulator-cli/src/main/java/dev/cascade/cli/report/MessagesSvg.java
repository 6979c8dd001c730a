package dev.cascade.cli.report;

import dev.cascade.engine.Tape;
import dev.cascade.random.DurationText;
import dev.cascade.run.SpaceTime;
import dev.cascade.run.SpaceTime.Arrow;
import dev.cascade.run.SpaceTime.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Draws the processes and messages around a violation: a line for each process, time downwards, an
 * arrow for each message. Every time has a row of its own; how far apart rows are follows the
 * logarithm of the time between them, so that microseconds and seconds fit in one picture.
 */
public final class MessagesSvg {
  /** Written into a run's folder. */
  public static final String FILE = "messages.svg";

  static final String STYLE = resource();

  private static final int LEFT = 130;
  private static final int COLUMN = 190;
  private static final int RIGHT = 190;
  private static final int TOP = 60;
  private static final int ROW = 20;
  private static final int TEXT_MAX = 34;
  private static final int CONTENT_MAX = 400;

  private final SpaceTime seen;
  private final Map<Long, Integer> rows = new TreeMap<>();
  private final Map<String, Integer> stacked = new HashMap<>();
  private final Html svg = new Html();
  private int height;

  private MessagesSvg(SpaceTime seen) {
    this.seen = seen;
  }

  /** A file of its own. */
  public static String file(SpaceTime seen) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new MessagesSvg(seen).draw(STYLE);
  }

  /** A part of a page, which has the style. */
  static String inline(SpaceTime seen) {
    return new MessagesSvg(seen).draw("");
  }

  private static String resource() {
    try (InputStream in = MessagesSvg.class.getResourceAsStream("messages.css")) {
      if (in == null) {
        throw new IllegalStateException("The resource (messages.css) is not in the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private String draw(String style) {
    layOut();
    int width = LEFT + COLUMN * Math.max(0, seen.processes().size() - 1) + RIGHT;
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "spacetime",
        "role",
        "img",
        "aria-label",
        "Messages around the first violation of " + seen.property(),
        "viewBox",
        "0 0 %d %d".formatted(width, height),
        "width",
        Integer.toString(width),
        "height",
        Integer.toString(height));
    if (!style.isEmpty()) {
      svg.trusted("<style>" + style + "</style>\n");
    }
    rect(width);
    processes(width);
    seen.messages().forEach(this::message);
    seen.shown().forEach(this::mark);
    violation(width);
    svg.close("svg");
    return svg.toString();
  }

  // ---- where things are

  private void layOut() {
    TreeSet<Long> times = new TreeSet<>();
    for (Arrow arrow : seen.messages()) {
      times.add(arrow.sentNanos());
      if (arrow.arrivedNanos() != Tape.NEVER) {
        times.add(Math.min(arrow.arrivedNanos(), seen.violation()));
      }
      if (arrow.handledNanos() != Tape.NEVER && arrow.handledNanos() <= seen.violation()) {
        times.add(arrow.handledNanos());
      }
    }
    seen.shown().forEach(mark -> times.add(mark.timeNanos()));
    times.add(seen.violation());
    int y = TOP;
    long before = times.first();
    for (long time : times) {
      long apart = time - before;
      y += apart == 0 ? 0 : ROW + (int) Math.min(40, 4 * Math.log10(Math.max(1, apart / 1e4)));
      rows.put(time, y);
      before = time;
    }
    height = y + 50;
  }

  private int y(long nanos) {
    return rows.getOrDefault(Math.min(nanos, seen.violation()), height - 50);
  }

  private int x(String process) {
    return LEFT + COLUMN * Math.max(0, seen.processes().indexOf(process));
  }

  // ---- what is drawn

  private void rect(int width) {
    svg.element("rect", "", "class", "ground", "width", text(width), "height", text(height));
  }

  private void processes(int width) {
    rows.forEach(
        (time, y) -> {
          line("row", LEFT - 4, y, width - RIGHT + 4, y);
          svg.element("text", clock(time), "class", "time", "x", "4", "y", text(y + 4));
        });
    for (String process : seen.processes()) {
      int slash = process.indexOf('/');
      svg.open("g").element("title", process);
      svg.element(
          "text",
          cut(process.substring(0, slash)),
          "class",
          "process",
          "x",
          text(x(process)),
          "y",
          "20");
      svg.element(
          "text",
          cut(process.substring(slash + 1)),
          "class",
          "time",
          "text-anchor",
          "middle",
          "x",
          text(x(process)),
          "y",
          "36");
      svg.close("g");
      line("line", x(process), TOP - 16, x(process), height - 30);
    }
  }

  private void message(Arrow arrow) {
    boolean came = arrow.arrivedNanos() != Tape.NEVER && arrow.arrivedNanos() <= seen.violation();
    String kind = "arrow" + (arrow.led() ? " led" : "") + (came ? "" : " lost");
    svg.open("g", "class", kind);
    svg.element("title", title(arrow));
    int x1 = x(arrow.from());
    int x2 = x(arrow.to());
    int y1 = y(arrow.sentNanos());
    int y2 = came ? y(arrow.arrivedNanos()) : height - 34;
    if (x1 == x2) { // from a host to itself
      String loop = "M%d %d C%d %d %d %d %d %d".formatted(x1, y1, x1 + 40, y1, x1 + 40, y2, x2, y2);
      svg.element("path", "", "class", "message", "d", loop);
      svg.element("path", "", "class", "hit", "d", loop);
    } else {
      line("message", x1, y1, x2, y2);
      line("hit", x1, y1, x2, y2);
    }
    if (came) {
      head(x1, y1, x2, y2);
      if (arrow.handledNanos() > arrow.arrivedNanos()) {
        line("wait", x2, y2, x2, y(arrow.handledNanos()));
      }
    }
    boolean right = x2 > x1;
    svg.element(
        "text",
        cut(arrow.type()),
        "class",
        "type",
        "text-anchor",
        right ? "start" : "end",
        "x",
        text(x1 == x2 ? x1 + 36 : x1 + (right ? 10 : -10)),
        "y",
        text(y1 + (y2 - y1) / 12 - 3));
    svg.close("g");
  }

  private void head(int x1, int y1, int x2, int y2) {
    double angle = x1 == x2 ? Math.PI : Math.atan2(y2 - y1, x2 - x1);
    StringBuilder points = new StringBuilder("%d,%d".formatted(x2, y2));
    for (double side : new double[] {0.4, -0.4}) {
      points.append(
          String.format(
              Locale.ROOT,
              " %.1f,%.1f",
              x2 - 9 * Math.cos(angle + side),
              y2 - 9 * Math.sin(angle + side)));
    }
    svg.element("polygon", "", "class", "head", "points", points.toString());
  }

  private static String title(Arrow arrow) {
    String content = arrow.content();
    String cut =
        content.length() <= CONTENT_MAX ? content : content.substring(0, CONTENT_MAX) + " …";
    StringBuilder text = new StringBuilder(cut);
    text.append("\n%s → %s".formatted(arrow.from(), arrow.to()));
    text.append("\nsent ").append(time(arrow.sentNanos()));
    text.append(
        arrow.arrivedNanos() == Tape.NEVER
            ? ", not come"
            : ", %s on the way".formatted(time(arrow.arrivedNanos() - arrow.sentNanos())));
    if (arrow.handledNanos() > arrow.arrivedNanos() && arrow.arrivedNanos() != Tape.NEVER) {
      text.append(
          ", handled %s later".formatted(time(arrow.handledNanos() - arrow.arrivedNanos())));
    }
    return text.toString();
  }

  private void mark(Mark mark) {
    int x = x(mark.process());
    int y = y(mark.timeNanos());
    int place = stacked.merge(mark.process() + " " + y, 1, Integer::sum) - 1;
    svg.open("g").element("title", mark.what() + "\n" + time(mark.timeNanos()));
    svg.element(
        "text",
        cut(brief(mark)),
        "class",
        mark.isViolation() ? "shown violated" : "shown",
        "x",
        text(x + 6),
        "y",
        text(y + 14 + 12 * place));
    svg.close("g");
  }

  /** A gauge without its labels, which hovering shows. */
  private static String brief(Mark mark) {
    return mark.isEvent() ? mark.what() : mark.what().replaceFirst("\\{.*}=", "=");
  }

  private void violation(int width) {
    int y = y(seen.violation());
    line("violation", LEFT - 4, y, width - RIGHT + 4, y);
    svg.element(
        "text",
        seen.property() + " is violated",
        "class",
        "violated",
        "x",
        text(LEFT - 4),
        "y",
        text(height - 10));
  }

  private void line(String kind, int x1, int y1, int x2, int y2) {
    svg.element(
        "line", "", "class", kind, "x1", text(x1), "y1", text(y1), "x2", text(x2), "y2", text(y2));
  }

  private static String time(long nanos) {
    return DurationText.format(Duration.ofNanos(nanos));
  }

  private static String clock(long nanos) {
    return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  private static String cut(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 1) + "…";
  }
}
