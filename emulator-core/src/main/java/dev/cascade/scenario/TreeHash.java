package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a tree's values, whatever their places and quotes. */
final class TreeHash {
  private final MessageDigest digest;

  private TreeHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has it
    }
  }

  static String of(Tree tree) {
    TreeHash hash = new TreeHash();
    hash.add(tree);
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void add(Tree tree) {
    if (tree instanceof Mapping mapping) {
      count('{', mapping.entries().size());
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                text(key);
                add(entry.value());
              });
    } else if (tree instanceof Sequence sequence) {
      count('[', sequence.items().size());
      sequence.items().forEach(this::add);
    } else {
      text(((Scalar) tree).text());
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    count('"', bytes.length);
    digest.update(bytes);
  }

  private void count(char kind, int count) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
  }
}
