package dev.cascade.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.random.Hash64;
import java.util.regex.Pattern;

/**
 * Names a process: {@code host/process[/child...]}, as in {@code node-17/pod-311/consul}. It is a
 * value, never a reference, so it means the same in every shard and every JVM.
 */
public final class Address implements Comparable<Address> {
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final String NAME = "[a-zA-Z0-9_.*$+:@&=,!~';-]+"; // what Pekko allows and makes
  private static final Pattern PROCESS = Pattern.compile(NAME + "(/" + NAME + ")*");

  private final String path;
  private final String host;
  private final long hostKey;
  private final long key;
  private final int hash;

  private Address(String path, String host) {
    this.path = path;
    this.host = host;
    this.hostKey = Hash64.of(host);
    this.key = Hash64.of(path);
    this.hash = path.hashCode();
  }

  /**
   * The address of a process on a host.
   *
   * @throws IllegalArgumentException if the host is not {@code [a-z0-9-]+} or the process is no
   *     path
   */
  public static Address of(String host, String process) {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "The host name (" + host + ") may hold only a-z, 0-9 and, inside, '-'.");
    }
    if (!PROCESS.matcher(process).matches()) {
      throw new IllegalArgumentException(
          "The process (" + process + ") must be one or more names separated by '/'.");
    }
    return new Address(host + "/" + process, host);
  }

  /**
   * Reads {@code host/process[/child...]}.
   *
   * @throws IllegalArgumentException if there is no '/' or a part is not a name
   */
  @JsonCreator
  public static Address parse(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "The address (" + path + ") names no process. Maybe \"" + path + "/main\"?");
    }
    return of(path.substring(0, slash), path.substring(slash + 1));
  }

  /** The address of a child of this process. */
  public Address child(String name) {
    return of(host, process() + "/" + name);
  }

  /** The host part, {@code node-17} in {@code node-17/pod-311/consul}. */
  public String host() {
    return host;
  }

  /** All that follows the host, {@code pod-311/consul} in {@code node-17/pod-311/consul}. */
  public String process() {
    return path.substring(host.length() + 1);
  }

  /** The first name after the host: the process that was started on the host itself. */
  public String topProcess() {
    int slash = path.indexOf('/', host.length() + 1);
    return path.substring(host.length() + 1, slash < 0 ? path.length() : slash);
  }

  /**
   * A 64-bit hash of the host's name, the same in every JVM; shards and ties are derived from it.
   */
  public long hostKey() {
    return hostKey;
  }

  /** A 64-bit hash of the whole address, the same in every JVM; processes are found by it. */
  public long key() {
    return key;
  }

  @Override
  public int compareTo(Address other) {
    return path.compareTo(other.path);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Address that && hash == that.hash && path.equals(that.path));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  @JsonValue
  public String toString() {
    return path;
  }
}
