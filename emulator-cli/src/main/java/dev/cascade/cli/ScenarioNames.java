package dev.cascade.cli;

import java.util.Iterator;

/** The names of the scenarios that come with Cascade, for shells that complete them. */
final class ScenarioNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Home.scenarioNames().iterator();
  }
}
