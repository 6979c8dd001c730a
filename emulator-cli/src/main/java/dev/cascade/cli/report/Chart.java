package dev.cascade.cli.report;

import java.util.List;

/**
 * A chart of a page.
 *
 * @param title what it shows
 * @param note one sentence about it; empty if there is nothing to say
 * @param unit {@code s}, {@code B}, {@code /s} …; empty for plain numbers
 * @param lines what is drawn
 * @param judged the property that judges what is drawn; empty if none does
 */
record Chart(String title, String note, String unit, List<Line> lines, String judged) {
  Chart {
    lines = List.copyOf(lines);
  }

  Chart(String title, String note, String unit, List<Line> lines) {
    this(title, note, unit, lines, "");
  }

  /**
   * A line of a chart.
   *
   * @param label as the legend has it
   * @param track the place of its numbers on the page
   * @param column which of the track's columns
   * @param band whether the track's extremes are shaded
   * @param look what it has in common with lines of other charts
   */
  record Line(String label, int track, String column, boolean band, Look look) {
    Line(String label, int track, String column, boolean band) {
      this(label, track, column, band, Look.ANY);
    }

    /** A limit rather than something measured. */
    static Line bound(int track) {
      return new Line("bound", track, Sampler.VALUE, false, new Look(true, -1));
    }

    /** The line of a variant, which looks the same in all charts. */
    static Line variant(String name, int place, int track) {
      return new Line(name, track, Sampler.VALUE, false, new Look(false, place));
    }
  }

  /**
   * How a line looks, beside its column.
   *
   * @param bound whether it is a limit
   * @param variant the place of its variant, the base's being 0; -1 if it is of none
   */
  record Look(boolean bound, int variant) {
    static final Look ANY = new Look(false, -1);
  }

  /**
   * Charts that belong together.
   *
   * @param name of what they are about
   * @param open whether they are shown at once
   * @param charts in their order
   */
  record Group(String name, boolean open, List<Chart> charts) {}

  /**
   * A part of a page.
   *
   * @param title of the part
   * @param groups in their order
   */
  record Section(String title, List<Group> groups) {}
}
