package dev.cascade.engine;

import org.jspecify.annotations.Nullable;

/**
 * Processes by the key of their address. Every message that arrives is looked up here, so a look-up
 * touches two places in memory; a hash map's would touch seven, down to the text of both addresses.
 * Two addresses with one key, of which there are 2^64, cannot be here together; that a message for
 * nobody finds somebody is as unlikely.
 */
final class ProcessTable {
  private static final int INITIAL_CAPACITY = 16; // a power of two, as all capacities

  private long[] keys = new long[INITIAL_CAPACITY];
  private @Nullable ProcessQueue[] processes = new ProcessQueue[INITIAL_CAPACITY];
  private int size;

  /** The process of a key, if there is one. */
  @Nullable ProcessQueue get(long key) {
    return processes[slotOf(key)];
  }

  /**
   * Registers a process under the key of its address, in place of one that had the same address.
   */
  void put(long key, ProcessQueue process) {
    int slot = slotOf(key);
    ProcessQueue before = processes[slot];
    if (before != null && !before.description().equals(process.description())) {
      throw new IllegalStateException(
          "The addresses ("
              + before.description()
              + ") and ("
              + process.description()
              + ") have the same key. Maybe rename one?");
    }
    keys[slot] = key;
    processes[slot] = process;
    if (before == null && ++size * 2 > keys.length) {
      grow();
    }
  }

  /** Removes a process, unless another has taken its place. */
  void remove(long key, ProcessQueue process) {
    int gap = slotOf(key);
    if (processes[gap] != process) {
      return;
    }
    size--;
    int mask = keys.length - 1;
    for (int slot = (gap + 1) & mask; processes[slot] != null; slot = (slot + 1) & mask) {
      int home = (int) keys[slot] & mask;
      if (((slot - home) & mask) >= ((slot - gap) & mask)) { // it may move up to the gap
        keys[gap] = keys[slot];
        processes[gap] = processes[slot];
        gap = slot;
      }
    }
    processes[gap] = null;
  }

  /** Where a key is, or where it would be put: keys are hashes, so their low bits are even. */
  private int slotOf(long key) {
    int mask = keys.length - 1;
    int slot = (int) key & mask;
    while (keys[slot] != key && processes[slot] != null) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable ProcessQueue[] oldProcesses = processes;
    keys = new long[oldKeys.length * 2];
    processes = new ProcessQueue[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldProcesses[i] != null) {
        int slot = slotOf(oldKeys[i]);
        keys[slot] = oldKeys[i];
        processes[slot] = oldProcesses[i];
      }
    }
  }
}
