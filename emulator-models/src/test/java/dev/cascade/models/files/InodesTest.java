package dev.cascade.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files, names, and who has them open. */
class InodesTest {
  private static final Address READER = Address.of("h", "reader");
  private static final Address WRITER = Address.of("h", "writer");

  private final MemoryDisk disk = new MemoryDisk();
  private final Inodes inodes = new Inodes(disk);

  @Test
  void whatIsWrittenIsRead() {
    long file = inodes.open("f", true, WRITER);
    inodes.write(file, 0, "abcdef");
    inodes.write(file, 2, "XY");

    assertThat(inodes.read(file, 0, 4)).isEqualTo("abXY");
    assertThat(inodes.read(file, 4, 4)).isEqualTo("ef");
    assertThat(inodes.read(file, 9, 4)).isEmpty();
  }

  @Test
  void aGapReadsAsNuls() {
    long file = inodes.open("f", true, WRITER);
    inodes.write(file, 2, "x");

    assertThat(inodes.read(file, 0, 9)).isEqualTo("\0\0x");
  }

  @Test
  void aReaderOfAFileThatIsReplacedReadsTheOldOneOn() {
    long old = inodes.open("f", true, WRITER);
    inodes.write(old, 0, "old");
    long reading = inodes.open("f", false, READER);
    long beside = inodes.open("f.new", true, WRITER);
    inodes.write(beside, 0, "new");

    assertThat(inodes.rename("f.new", "f")).isTrue();
    assertThat(inodes.read(reading, 0, 9)).isEqualTo("old");
    assertThat(inodes.read(inodes.open("f", false, READER), 0, 9)).isEqualTo("new");
    assertThat(inodes.open("f.new", false, READER)).isNegative();
  }

  @Test
  void namesAndTheirContentsOutliveTheKernel() {
    long file = inodes.open("f", true, WRITER);
    inodes.write(file, 0, "half of i");

    Inodes after = new Inodes(disk);

    assertThat(after.read(after.open("f", false, READER), 0, 99)).isEqualTo("half of i");
  }

  @Test
  void theFilesOfTheDeadAreClosed() {
    long file = inodes.open("f", true, WRITER);
    inodes.closeAll(WRITER::equals);

    assertThat(inodes.isOpen(file, WRITER)).isFalse();
  }

  private static final class MemoryDisk implements Disk {
    private final TreeMap<String, Object> files = new TreeMap<>();

    @Override
    public void write(String file, Object value) {
      files.put(file, value);
    }

    @Override
    public <T> Optional<T> read(String file, Class<T> type) {
      return Optional.ofNullable(files.get(file)).map(type::cast);
    }

    @Override
    public void delete(String file) {
      files.remove(file);
    }

    @Override
    public List<String> files() {
      return List.copyOf(files.keySet());
    }
  }
}
