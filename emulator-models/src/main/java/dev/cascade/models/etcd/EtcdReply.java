package dev.cascade.models.etcd;

import dev.cascade.node.WireMessage;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What members answer; each tells the index of the last change that the member knows. */
public sealed interface EtcdReply extends WireMessage {
  /** The last change. */
  long index();

  /** Keys that were asked for and are there. */
  record Nodes(long index, SortedMap<String, EtcdNode> nodes) implements EtcdReply {
    public Nodes {
      nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    @Override
    public int sizeBytes() {
      int bytes = 0;
      for (Map.Entry<String, EtcdNode> node : nodes.entrySet()) {
        bytes += NODE_BYTES + node.getKey().length() + node.getValue().value().length();
      }
      return bytes;
    }
  }

  /** What JSON adds to a key and its value: a guess. */
  int NODE_BYTES = 100;

  /** It was written by a majority, as this change. */
  record Written(long index) implements EtcdReply {}

  /** A watched key changed. */
  record Changed(long index, String key, String action) implements EtcdReply {}

  /** No watched key changed in the time that the client gave. */
  record NothingChanged(long index) implements EtcdReply {}

  /**
   * It was not done, or nobody knows whether it was.
   *
   * @param code as in etcd: 100 no such key, 101 it has changed since, 105 it exists already, 300
   *     no leader or no majority, 401 the history does not reach back so far
   */
  record Failed(long index, int code, String reason) implements EtcdReply {
    /** Whether another try, at another member, may do better. */
    public boolean isTrouble() {
      return code == TROUBLE;
    }
  }

  /** There is no such key. */
  int NOT_FOUND = 100;

  /** It has changed since. */
  int COMPARE_FAILED = 101;

  /** It exists already. */
  int EXISTS = 105;

  /** No leader, or no majority. */
  int TROUBLE = 300;

  /** The history does not reach back so far. */
  int INDEX_CLEARED = 401;
}
