package dev.cascade.metrics;

import java.util.Arrays;

/** A growing array of bytes that holds numbers, not negative, seven bits a byte. */
final class VarBytes {
  private byte[] bytes = new byte[16];
  private int size;

  void put(long value) {
    long rest = value;
    do {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.addExact(size, size >> 1));
      }
      long low = rest & 0x7f;
      rest >>>= 7;
      bytes[size++] = (byte) (rest == 0 ? low : low | 0x80);
    } while (rest != 0);
  }

  int size() {
    return size;
  }

  Reader reader(int start, int end) {
    return new Reader(start, end);
  }

  /** Reads a part of the bytes. */
  final class Reader {
    private final int end;
    private int place;

    private Reader(int start, int end) {
      this.place = start;
      this.end = end;
    }

    boolean hasMore() {
      return place < end;
    }

    long next() {
      long value = 0;
      int shift = 0;
      byte read;
      do {
        read = bytes[place++];
        value |= (long) (read & 0x7f) << shift;
        shift += 7;
      } while (read < 0);
      return value;
    }
  }
}
