package dev.cascade.property;

import dev.cascade.node.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's messages in the words of those who write scenarios. */
final class CelMessages {
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.*)' applied to '(\\(.*?\\))'(?: \\(candidates: (.*)\\))?");
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '(.*?)' \\(in container '.*'\\)");
  private static final Pattern PARAMETERS = Pattern.compile("\\([^)]*\\)");

  private CelMessages() {}

  static String plain(String message) {
    Matcher overload = NO_OVERLOAD.matcher(message);
    if (overload.matches()) {
      String candidates = overload.group(3) == null ? "" : overload.group(3);
      return "%s takes %s, not %s."
          .formatted(operator(overload.group(1)), candidates(candidates), types(overload.group(2)));
    }
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      String name = undeclared.group(1);
      return "There is no function (%s).%s".formatted(name, Suggestion.maybe(name, functions()));
    }
    return "This is no CEL: " + message + ".";
  }

  private static List<String> functions() {
    List<String> functions = new ArrayList<>();
    for (String name : Language.INSTANCE.names()) {
      if (!name.contains("_")) {
        functions.add(name);
      }
    }
    return functions;
  }

  private static String operator(String function) {
    return function.equals("_?_:_") ? "? :" : function.replace("_", "");
  }

  private static String candidates(String candidates) {
    Set<String> plain = new LinkedHashSet<>();
    Matcher each = PARAMETERS.matcher(candidates);
    while (each.find()) {
      plain.add(types(each.group()));
    }
    return plain.isEmpty() ? "other things" : String.join(" or ", plain);
  }

  private static String types(String parameters) {
    return parameters
        .replaceAll("\\b(double|int)\\b", "number")
        .replaceAll("\\bstring\\b", "text")
        .replaceAll("\\bbool\\b", "true or false");
  }
}
