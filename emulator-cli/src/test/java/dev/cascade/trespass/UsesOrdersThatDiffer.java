package dev.cascade.trespass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is walked in an order which no scenario and no seed decide. */
final class UsesOrdersThatDiffer {
  private final Map<String, Integer> numbers = Map.of("a", 1, "b", 2);

  List<Object> salted() {
    return List.of(
        Set.of("a", "b"),
        Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"),
        Map.ofEntries(Map.entry("a", 1)),
        Map.copyOf(numbers),
        Set.copyOf(numbers.keySet()),
        Stream.of("a").collect(Collectors.toUnmodifiableSet()),
        Stream.of("a").collect(Collectors.toUnmodifiableMap(a -> a, a -> a)));
  }

  List<Object> hashed() {
    Supplier<Map<Object, Object>> asMethodReference = HashMap::new;
    return List.of(
        asMethodReference,
        new HashSet<>(numbers.keySet()),
        new IdentityHashMap<>(),
        new WeakHashMap<>(),
        new ConcurrentHashMap<>(),
        Stream.of("a").collect(Collectors.toSet()),
        Stream.of("a").collect(Collectors.toMap(Function.identity(), String::length)),
        Stream.of("a").collect(Collectors.groupingBy(String::length)),
        Stream.of("a").collect(Collectors.groupingByConcurrent(String::length)));
  }
}
