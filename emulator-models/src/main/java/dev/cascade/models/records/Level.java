package dev.cascade.models.records;

/** How grave a log line is, in SLF4J's words. */
public enum Level {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR
}
