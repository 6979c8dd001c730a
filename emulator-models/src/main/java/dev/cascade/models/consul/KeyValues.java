package dev.cascade.models.consul;

import dev.cascade.models.raft.Fields;
import dev.cascade.models.raft.StateMachine;
import dev.cascade.node.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The key-value store. */
final class KeyValues implements StateMachine {
  private static final String PUT = "put";
  private static final String DELETE = "delete";

  private final TreeMap<String, String> values = new TreeMap<>();

  static String put(String key, String value) {
    return Fields.join(PUT, key, value);
  }

  static String delete(String key) {
    return Fields.join(DELETE, key);
  }

  @Nullable String get(String key) {
    return values.get(key);
  }

  SortedMap<String, String> startingWith(String prefix) {
    return values.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  int size() {
    return values.size();
  }

  @Override
  public WireMessage apply(long index, String command) {
    List<String> fields = Fields.split(command);
    switch (fields.get(0)) {
      case PUT -> values.put(fields.get(1), fields.get(2));
      case DELETE -> values.remove(fields.get(1));
      default -> throw new IllegalArgumentException("No command of Consul's: " + command);
    }
    return new ConsulReply.Done();
  }

  @Override
  public String snapshot() {
    List<String> fields = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          fields.add(key);
          fields.add(value);
        });
    return Fields.join(fields);
  }

  @Override
  public void restore(String state) {
    values.clear();
    List<String> fields = Fields.split(state);
    for (int i = 0; i < fields.size(); i += 2) {
      values.put(fields.get(i), fields.get(i + 1));
    }
  }
}
