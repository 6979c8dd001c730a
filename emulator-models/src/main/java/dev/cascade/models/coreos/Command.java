package dev.cascade.models.coreos;

import dev.cascade.node.Suggestion;
import java.util.List;
import java.util.Locale;

/**
 * A command line.
 *
 * @param verb what is done
 * @param object to what: a unit, a container, a key, the beginning of units' names; empty if the
 *     verb says it all
 * @param value of a key; empty otherwise
 */
record Command(Verb verb, String object, String value) {
  /** What can be typed. */
  enum Verb {
    START("systemctl start"),
    STOP("systemctl stop"),
    RESTART("systemctl restart"),
    RESET_FAILED("systemctl reset-failed"),
    RESTART_FAILED("systemctl restart --failed"),
    REMOVE_CONTAINER("docker rm -f"),
    LIST_CONTAINERS("docker ps"),
    DELETE_JOURNALS("rm -rf /var/log/journal/*"),
    LAUNCH("fleetctl start"),
    PUT("consul kv put");

    private final String text;

    Verb(String text) {
      this.text = text;
    }
  }

  /** As it is typed. */
  String text() {
    return (verb.text + " " + object + " " + value).strip();
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is none of those that consoles know
   */
  static Command parse(String line) {
    Verb found = null;
    for (Verb verb : Verb.values()) {
      boolean longer = found == null || verb.text.length() > found.text.length();
      if ((line + " ").startsWith(verb.text + " ") && longer) {
        found = verb;
      }
    }
    if (found == null) {
      List<String> known = List.of(Verb.values()).stream().map(verb -> verb.text).toList();
      throw new IllegalArgumentException(
          "The command (%s) is none of %s.%s"
              .formatted(line, String.join(", ", known), Suggestion.maybe(line, known)));
    }
    String rest = line.substring(found.text.length()).strip();
    int space = rest.indexOf(' ');
    boolean pair = found == Verb.PUT;
    boolean empty = found == Verb.DELETE_JOURNALS || found == Verb.LIST_CONTAINERS;
    if (rest.isEmpty() != empty || (space >= 0) != pair) {
      throw new IllegalArgumentException(
          "The command (%s) needs %s after %s."
              .formatted(
                  line,
                  empty ? "nothing" : pair ? "a key and a value" : "one name",
                  found.text.toLowerCase(Locale.ROOT)));
    }
    return pair
        ? new Command(found, rest.substring(0, space), rest.substring(space + 1))
        : new Command(found, rest, "");
  }
}
