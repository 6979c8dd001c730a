package dev.cascade.run;

import dev.cascade.random.Hash64;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The history of a run step by step, small enough to be kept with every run: at each checkpoint one
 * number for the whole, and half of the chain of each host that did something since the last one.
 */
public final class Checkpoints {
  private static final String MAGIC = "cascade checkpoints 2";

  /** Four bytes each: a run keeps some megabytes at most, however many hosts it has. */
  private static final int HOST_CHAINS_MAX = 1_000_000;

  /**
   * One moment of a run.
   *
   * @param timeNanos virtual time
   * @param whole a hash of all hosts' histories
   * @param wire a hash of the wire bytes that all hosts were sent; 0 outside of check mode
   * @param changed half of the chain of each host that did something since the last one; empty if
   *     there are too many hosts
   */
  public record Checkpoint(long timeNanos, long whole, long wire, Map<String, Integer> changed) {
    /** Whether another run was the same up to here, as far as both have looked. */
    boolean agreesWith(Checkpoint other) {
      return timeNanos == other.timeNanos
          && whole == other.whole
          && (wire == other.wire || wire == 0 || other.wire == 0);
    }
  }

  private final List<Checkpoint> checkpoints;

  Checkpoints(List<Checkpoint> checkpoints) {
    this.checkpoints = List.copyOf(checkpoints);
  }

  /** All checkpoints in the order of time. */
  public List<Checkpoint> all() {
    return checkpoints;
  }

  /** Writes them to a file. */
  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(new GZIPOutputStream(out));
    data.writeUTF(MAGIC);
    TreeMap<String, Integer> numbers = new TreeMap<>();
    for (Checkpoint checkpoint : checkpoints) {
      checkpoint.changed().keySet().forEach(host -> numbers.put(host, 0));
    }
    data.writeInt(numbers.size());
    int next = 0;
    for (Map.Entry<String, Integer> host : numbers.entrySet()) {
      host.setValue(next++);
      data.writeUTF(host.getKey());
    }
    data.writeInt(checkpoints.size());
    for (Checkpoint checkpoint : checkpoints) {
      data.writeLong(checkpoint.timeNanos());
      data.writeLong(checkpoint.whole());
      data.writeLong(checkpoint.wire());
      data.writeInt(checkpoint.changed().size());
      for (Map.Entry<String, Integer> chain : checkpoint.changed().entrySet()) {
        data.writeInt(numbers.getOrDefault(chain.getKey(), 0));
        data.writeInt(chain.getValue());
      }
    }
    data.flush();
    out.flush();
    data.close();
  }

  /** Reads what {@link #write} wrote. */
  public static Checkpoints read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(new GZIPInputStream(in));
    if (!data.readUTF().equals(MAGIC)) {
      throw new IOException("This is no file of checkpoints, or of another version.");
    }
    List<String> hosts = new ArrayList<>();
    int hostCount = data.readInt();
    for (int i = 0; i < hostCount; i++) {
      hosts.add(data.readUTF());
    }
    List<Checkpoint> checkpoints = new ArrayList<>();
    int count = data.readInt();
    for (int i = 0; i < count; i++) {
      long time = data.readLong();
      long whole = data.readLong();
      long wire = data.readLong();
      Map<String, Integer> changed = new TreeMap<>();
      int changes = data.readInt();
      for (int j = 0; j < changes; j++) {
        changed.put(hosts.get(data.readInt()), data.readInt());
      }
      checkpoints.add(new Checkpoint(time, whole, wire, changed));
    }
    return new Checkpoints(checkpoints);
  }

  /** Takes checkpoints while a run goes on. */
  static final class Recorder {
    /** To read the chains of all hosts takes time: so many of them in a whole run. */
    private static final long READS_MAX = 20_000_000;

    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private Map<String, Long> last = new TreeMap<>();
    private int hostChains;
    private int tick;

    /** Whether the next tick is to have a checkpoint: each, unless the hosts are very many. */
    boolean wantsNext(int hosts, long ticks) {
      long every = Math.max(1, hosts * ticks / READS_MAX);
      return tick++ % every == 0;
    }

    /** Takes the histories of all hosts, and of what they were sent, 0 where nobody looked. */
    Checkpoint take(long timeNanos, Map<String, Long> histories, Map<String, Long> wireHistories) {
      long wire = 0;
      for (long chain : wireHistories.values()) {
        wire = chain == 0 ? wire : Hash64.combine(wire, chain);
      }
      long whole = 0;
      Map<String, Integer> changed = new TreeMap<>();
      for (Map.Entry<String, Long> chain : histories.entrySet()) {
        whole = Hash64.combine(Hash64.combine(whole, Hash64.of(chain.getKey())), chain.getValue());
        if (!chain.getValue().equals(last.get(chain.getKey()))) {
          changed.put(chain.getKey(), (int) (long) chain.getValue());
        }
      }
      if (hostChains + changed.size() > HOST_CHAINS_MAX) {
        changed = new TreeMap<>();
      }
      hostChains += changed.size();
      last = histories;
      Checkpoint checkpoint = new Checkpoint(timeNanos, whole, wire, changed);
      checkpoints.add(checkpoint);
      return checkpoint;
    }

    Checkpoints checkpoints() {
      return new Checkpoints(checkpoints);
    }
  }
}
