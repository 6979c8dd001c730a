package dev.cascade.models.consul;

import dev.cascade.node.WireMessage;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What servers answer. */
public sealed interface ConsulReply extends WireMessage {
  /** 200: the value of a key. */
  record Value(String value) implements ConsulReply {}

  /** 200: keys and values. */
  record Values(SortedMap<String, String> values) implements ConsulReply {
    public Values {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
  }

  /** 404: there is no such key. */
  record NoSuchKey() implements ConsulReply {}

  /** 200: it was written by a majority. */
  record Done() implements ConsulReply {}

  /** 500: it could not be done, or nobody knows whether it was. */
  record Failed(String reason) implements ConsulReply {}
}
