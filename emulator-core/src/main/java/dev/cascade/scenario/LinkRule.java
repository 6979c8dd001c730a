package dev.cascade.scenario;

/**
 * The link between two places. A place is an entry of the topology, a host, {@code zone:a} or
 * {@code *}. Of several rules that fit two hosts the last one counts.
 *
 * @param from one place
 * @param to the other
 * @param oneWay whether the rule says nothing of the way back
 * @param link what lies between them
 */
public record LinkRule(String from, String to, boolean oneWay, Link link) {
  /** Any host. */
  public static final String ANYWHERE = "*";

  /** Begins the name of a zone. */
  public static final String ZONE = "zone:";
}
