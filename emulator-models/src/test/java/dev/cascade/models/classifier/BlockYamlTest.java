package dev.cascade.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What a part of a classifier says is what a YAML library reads in it, or it reads nothing. */
class BlockYamlTest {
  private static final Yaml LIBRARY = new Yaml(new SafeConstructor(new LoaderOptions()));

  static final ClassifierConfig CONFIG = Classifiers.config(2);

  private static Optional<BlockYaml.Document> library(String text) {
    try {
      return Optional.of(
          new BlockYaml.Document(plain(LIBRARY.compose(new java.io.StringReader(text)))));
    } catch (YAMLException | Twice broken) {
      return Optional.empty();
    }
  }

  /** Composing lets a key stand twice; constructing does not. */
  private static final class Twice extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static @Nullable Object plain(@Nullable Node node) {
    if (node instanceof MappingNode mapping) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      mapping
          .getValue()
          .forEach(
              each -> {
                String key = ((ScalarNode) each.getKeyNode()).getValue();
                if (map.containsKey(key)) {
                  throw new Twice();
                }
                map.put(key, plain(each.getValueNode()));
              });
      return map;
    } else if (node instanceof SequenceNode sequence) {
      List<@Nullable Object> list = new ArrayList<>();
      sequence.getValue().forEach(each -> list.add(plain(each)));
      return list;
    }
    return node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()
        ? scalar.getValue()
        : null;
  }

  @Test
  void everyBeginningIsReadAsTheLibraryReadsIt() {
    String text = CONFIG.initial(entry -> List.of()).text();
    int parsed = 0;
    for (int length = 0; length <= text.length(); length++) {
      String part = text.substring(0, length);
      Optional<BlockYaml.Document> ours = BlockYaml.read(part);
      assertThat(ours).as("%d bytes: …%s", length, end(part)).isEqualTo(library(part));
      parsed += ours.isPresent() ? 1 : 0;
    }

    // Most of the bytes belong to values, not to keys: most beginnings can be read.
    assertThat(parsed).isBetween(text.length() / 2, text.length() - 1);
  }

  /** An old beginning and a new end, one byte longer or shorter before the seam. */
  @Test
  void everySeamIsReadAsTheLibraryReadsIt() {
    Classification before = CONFIG.initial(entry -> List.of());
    String old = before.text();
    Classification later = before;
    for (int i = 0; i < 10; i++) {
      later = later.changed("cache-1", "4711");
    }
    String now = later.text(); // a revision with one more digit
    assertThat(now).hasSize(old.length() + 1);
    for (int seam = 0; seam < old.length(); seam += 3) {
      String forth = old.substring(0, seam) + now.substring(seam);
      String back = now.substring(0, seam) + old.substring(seam);

      assertThat(BlockYaml.read(forth)).as("at %d", seam).isEqualTo(library(forth));
      assertThat(BlockYaml.read(back)).as("at %d", seam).isEqualTo(library(back));
    }
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - 60));
  }
}
