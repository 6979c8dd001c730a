package dev.cascade.architecture;

import static dev.cascade.architecture.Ban.method;
import static dev.cascade.architecture.Ban.on;
import static dev.cascade.architecture.Ban.parameters;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Maps and sets whose order differs between two JVMs, or hangs on identity hashes. Bytecode does
 * not show who walks them, so making one is banned; a class that only looks things up is named.
 */
final class Orders {
  private static final String SALTED =
      "its order is salted in every JVM; use a List, a TreeMap, or"
          + " Collections.unmodifiableMap(new LinkedHashMap<>(…))";
  private static final String HASHED =
      "its order hangs on hash codes, which may be identities; use a LinkedHashMap, a TreeMap or an"
          + " EnumMap";

  static final List<Ban> BANS =
      List.of(
          new Ban("Map.of", SALTED, on(Map.class).and(a -> isOf(a.getName(), parameters(a), 2))),
          new Ban("Set.of", SALTED, on(Set.class).and(a -> isOf(a.getName(), parameters(a), 1))),
          method(Map.class, "ofEntries", SALTED),
          method(Map.class, "copyOf", SALTED),
          method(Set.class, "copyOf", SALTED),
          method(Collectors.class, "toUnmodifiableSet", SALTED),
          method(Collectors.class, "toUnmodifiableMap", SALTED),
          method(Collectors.class, "toSet", HASHED + "; collect to a TreeSet or a List"),
          method(Collectors.class, "groupingByConcurrent", HASHED),
          new Ban(
              "Collectors.groupingBy without a map",
              HASHED + " as its second argument",
              on(Collectors.class)
                  .and(a -> a.getName().equals("groupingBy") && parameters(a).size() < 3)),
          new Ban(
              "Collectors.toMap without a map",
              HASHED + " as its fourth argument",
              on(Collectors.class)
                  .and(a -> a.getName().equals("toMap") && parameters(a).size() < 4)),
          made(HashMap.class, LinkedHashMap.class),
          made(HashSet.class, LinkedHashSet.class),
          made(IdentityHashMap.class, TreeMap.class),
          made(WeakHashMap.class, TreeMap.class),
          made(ConcurrentHashMap.class, TreeMap.class));

  /** Classes of main code that may make one, each with its reason. */
  static final Map<String, String> EXCEPTIONS = new TreeMap<>();

  static {
    EXCEPTIONS.put("dev.cascade.engine.Connections", "walked only to cancel, in any order");
    EXCEPTIONS.put("dev.cascade.engine.Directory", "answers for hosts by name");
    EXCEPTIONS.put("dev.cascade.engine.Ledger", "drops are sorted when they are read");
    EXCEPTIONS.put(
        "dev.cascade.engine.Machines", "hosts are sorted when they are walked, or summed");
    EXCEPTIONS.put("dev.cascade.metrics.MetricRegistry", "answers for instruments by name");
    EXCEPTIONS.put("dev.cascade.metrics.Readings", "remembers what was looked up");
    EXCEPTIONS.put("dev.cascade.network.Network", "answers for links by their ends");
    EXCEPTIONS.put("dev.cascade.property.TickView", "remembers what was read at one tick");
    EXCEPTIONS.put("dev.cascade.models.service.Server", "answers for endpoints by path");
  }

  /** One entry has one order; with as many parameters as it takes there is no other. */
  private static boolean isOf(String name, List<String> parameters, int ofOneEntry) {
    boolean isArray = !parameters.isEmpty() && parameters.get(0).startsWith("[");
    return name.equals("of") && (isArray || parameters.size() > ofOneEntry);
  }

  /** Bans making one, but not one of the class below it that keeps an order. */
  private static Ban made(Class<?> banned, Class<?> ordered) {
    return new Ban(
        "new " + banned.getSimpleName(),
        HASHED,
        on(banned)
            .and(a -> a.getName().equals("<init>"))
            .and(a -> !a.getTargetOwner().isAssignableTo(ordered)));
  }

  private Orders() {}
}
