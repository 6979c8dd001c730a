package dev.cascade.cli.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the files of a run's folder hold, in a few words. */
final class FileWords {
  private static final Map<String, String> WORDS = words();

  private FileWords() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("cascade.log", "the journal as text");
    words.put("histories.bin", "the history of each host, for replays");
    words.put("journal.jsonl", "what happened, a line each");
    words.put("junit.xml", "properties as tests, for build servers");
    words.put("latency.hlog", "durations, for HdrHistogram's plotters");
    words.put("metrics.csv", "all series, for spreadsheets");
    words.put("metrics.om", "all series as OpenMetrics, for Prometheus");
    words.put("results.json", "verdict, properties, measurements, drops");
    words.put("run.json", "seed, versions, command, wall time");
    words.put("scenario.yaml", "what was run, its mitigations merged in");
    words.put("series.bin", "all series exactly, for cascade query");
    words.put(TraceFile.FILE, "method, violations, events and requests, for ui.perfetto.dev");
    return words;
  }

  /** Of a file; empty if it is not one of ours. */
  static String of(String file) {
    return WORDS.getOrDefault(file, "");
  }
}
