package dev.cascade.models.etcd;

import dev.cascade.models.raft.Fields;
import dev.cascade.models.raft.StateMachine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys, and the last changes of them. Keys die only by a command, which the leader gives with
 * its own clock: while nobody leads, none does.
 */
final class EtcdStore implements StateMachine {
  /**
   * Something that happened to a key.
   *
   * @param action put, delete or expire
   */
  record Change(long index, String key, String action) {}

  private record Item(String value, long modified, long expiresNanos) {}

  private static final String PUT = "put";
  private static final String DELETE = "delete";
  private static final String EXPIRE = "expire";
  private static final long NEVER = 0;

  private final int historyMost;
  private final Consumer<Change> whenChanged;
  private final TreeMap<String, Item> items = new TreeMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private long index;

  /** A store that tells of each change. */
  EtcdStore(int historyMost, Consumer<Change> whenChanged) {
    this.historyMost = historyMost;
    this.whenChanged = whenChanged;
  }

  // ---- commands

  static String put(EtcdCall.Put put, long nowNanos) {
    long expires = put.ttlNanos() == 0 ? NEVER : nowNanos + put.ttlNanos();
    return Fields.join(
        PUT,
        put.key(),
        put.value(),
        Long.toString(expires),
        put.condition().name(),
        Long.toString(put.index()));
  }

  static String delete(EtcdCall.Delete delete) {
    return Fields.join(DELETE, delete.key(), Long.toString(delete.index()));
  }

  static String expire(long nowNanos) {
    return Fields.join(EXPIRE, Long.toString(nowNanos));
  }

  @Override
  public EtcdReply apply(long entry, String command) {
    List<String> fields = Fields.split(command);
    return switch (fields.get(0)) {
      case PUT ->
          put(
              fields.get(1),
              fields.get(2),
              Long.parseLong(fields.get(3)),
              EtcdCall.Condition.valueOf(fields.get(4)),
              Long.parseLong(fields.get(5)));
      case DELETE -> delete(fields.get(1), Long.parseLong(fields.get(2)));
      case EXPIRE -> expireAll(Long.parseLong(fields.get(1)));
      default -> throw new IllegalArgumentException("No command of etcd's: " + command);
    };
  }

  private EtcdReply put(
      String key, String value, long expires, EtcdCall.Condition condition, long expected) {
    Item found = items.get(key);
    EtcdReply.Failed failure = check(key, found, condition, expected);
    if (failure != null) {
      return failure;
    }
    changed(key, PUT, new Item(value, index + 1, expires));
    return new EtcdReply.Written(index);
  }

  private EtcdReply delete(String key, long expected) {
    EtcdCall.Condition condition =
        expected == 0 ? EtcdCall.Condition.EXISTS : EtcdCall.Condition.UNCHANGED;
    EtcdReply.Failed failure = check(key, items.get(key), condition, expected);
    if (failure != null) {
      return failure;
    }
    changed(key, DELETE, null);
    return new EtcdReply.Written(index);
  }

  private EtcdReply.@Nullable Failed check(
      String key, @Nullable Item found, EtcdCall.Condition condition, long expected) {
    boolean mustExist =
        condition == EtcdCall.Condition.EXISTS || condition == EtcdCall.Condition.UNCHANGED;
    if (mustExist && found == null) {
      return failed(EtcdReply.NOT_FOUND, key);
    }
    if (condition == EtcdCall.Condition.IS_NEW && found != null) {
      return failed(EtcdReply.EXISTS, key);
    }
    if (condition == EtcdCall.Condition.UNCHANGED
        && found != null
        && found.modified() != expected) {
      return failed(EtcdReply.COMPARE_FAILED, key);
    }
    return null;
  }

  private EtcdReply expireAll(long nowNanos) {
    for (String key : expired(nowNanos)) {
      changed(key, EXPIRE, null);
    }
    return new EtcdReply.Written(index);
  }

  private void changed(String key, String action, @Nullable Item item) {
    index++;
    if (item == null) {
      items.remove(key);
    } else {
      items.put(key, item);
    }
    Change change = new Change(index, key, action);
    history.addLast(change);
    if (history.size() > historyMost) {
      history.removeFirst();
    }
    whenChanged.accept(change);
  }

  // ---- questions

  long index() {
    return index;
  }

  int size() {
    return items.size();
  }

  /** Keys whose time is over, the longest dead first. */
  List<String> expired(long nowNanos) {
    return items.entrySet().stream()
        .filter(entry -> entry.getValue().expiresNanos() != NEVER)
        .filter(entry -> entry.getValue().expiresNanos() <= nowNanos)
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, Item> entry) -> entry.getValue().expiresNanos())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  EtcdReply get(String key) {
    Item item = items.get(key);
    return item == null
        ? failed(EtcdReply.NOT_FOUND, key)
        : new EtcdReply.Nodes(index, new TreeMap<>(Map.of(key, node(item))));
  }

  EtcdReply.Nodes list(String prefix) {
    SortedMap<String, EtcdNode> nodes = new TreeMap<>();
    items
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach((key, item) -> nodes.put(key, node(item)));
    return new EtcdReply.Nodes(index, nodes);
  }

  /** The first change after an index of a key that begins so; a failure if it may be forgotten. */
  @Nullable EtcdReply changeAfter(long after, String prefix) {
    long oldest = history.isEmpty() ? index + 1 : history.getFirst().index();
    if (after + 1 < oldest) {
      return failed(EtcdReply.INDEX_CLEARED, "the history begins at " + oldest);
    }
    for (Change change : history) {
      if (change.index() > after && change.key().startsWith(prefix)) {
        return new EtcdReply.Changed(change.index(), change.key(), change.action());
      }
    }
    return null;
  }

  private static EtcdNode node(Item item) {
    return new EtcdNode(item.value(), item.modified());
  }

  EtcdReply.Failed failed(int code, String reason) {
    return new EtcdReply.Failed(index, code, reason);
  }

  // ---- snapshots

  /** The history is not in it: watches that lag behind a snapshot are told so. */
  @Override
  public String snapshot() {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(index));
    items.forEach(
        (key, item) -> {
          fields.add(key);
          fields.add(item.value());
          fields.add(Long.toString(item.modified()));
          fields.add(Long.toString(item.expiresNanos()));
        });
    return Fields.join(fields);
  }

  @Override
  public void restore(String state) {
    List<String> fields = Fields.split(state);
    index = Long.parseLong(fields.get(0));
    history.clear();
    items.clear();
    for (int i = 1; i < fields.size(); i += 4) {
      items.put(
          fields.get(i),
          new Item(
              fields.get(i + 1),
              Long.parseLong(fields.get(i + 2)),
              Long.parseLong(fields.get(i + 3))));
    }
  }
}
