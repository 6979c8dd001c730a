package dev.cascade.models.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.models.machine.Storage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a member wrote is what it finds when it starts again. */
class RaftLogTest {
  private static final class Texts implements Storage {
    final TreeMap<String, String> files = new TreeMap<>();

    @Override
    public Optional<String> read(String file) {
      return Optional.ofNullable(files.get(file));
    }

    @Override
    public void write(String file, String text) {
      files.put(file, text);
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

  private final Texts texts = new Texts();
  private final RaftLog log = new RaftLog(texts);

  private void append(String... commands) {
    for (String command : commands) {
      log.append(new LogEntry(log.lastIndex() + 1, command));
    }
  }

  private RaftLog again() {
    RaftLog other = new RaftLog(texts);
    assertThat(other.lastIndex()).isEqualTo(log.lastIndex());
    assertThat(other.lastTerm()).isEqualTo(log.lastTerm());
    assertThat(other.snapshotIndex()).isEqualTo(log.snapshotIndex());
    assertThat(other.snapshot()).isEqualTo(log.snapshot());
    long first = log.snapshotIndex() + 1;
    assertThat(other.from(first, 100)).isEqualTo(log.from(first, 100));
    return other;
  }

  @Test
  void aNewOneHasNothing() {
    assertThat(log.term()).isZero();
    assertThat(log.votedFor()).isEqualTo(RaftLog.NOBODY);
    assertThat(log.isConfigured()).isFalse();
    assertThat(log.lastIndex()).isZero();
    assertThat(log.lastTerm()).isZero();
  }

  @Test
  void termVoteAndConfigurationStay() {
    log.vote(7, 2);
    log.configure();

    RaftLog other = again();
    assertThat(other.term()).isEqualTo(7);
    assertThat(other.votedFor()).isEqualTo(2);
    assertThat(other.isConfigured()).isTrue();
  }

  @Test
  void entriesStayUntilTheyAreTruncated() {
    append("a", "b", "c");
    log.truncateFrom(2);
    append("d");

    assertThat(again().from(1, 9)).containsExactly(new LogEntry(1, "a"), new LogEntry(2, "d"));
    assertThat(again().from(1, 1)).containsExactly(new LogEntry(1, "a"));
  }

  @Test
  void aSnapshotStandsForTheEntriesBeforeIt() {
    append("a", "b", "c");
    log.compact(2, "state");

    RaftLog other = again();
    assertThat(other.termAt(2)).isEqualTo(2);
    assertThat(other.entry(3)).isEqualTo(new LogEntry(3, "c"));
    assertThat(texts.files()).noneMatch(file -> file.endsWith("-1") || file.endsWith("-2"));
  }

  @Test
  void anothersSnapshotReplacesAll() {
    append("a", "b", "c");
    log.compact(1, "old");
    log.replace(10, 4, "new");

    RaftLog other = again();
    assertThat(other.lastIndex()).isEqualTo(10);
    assertThat(other.lastTerm()).isEqualTo(4);
    assertThat(other.snapshot()).isEqualTo("new");
    assertThat(texts.files()).noneMatch(file -> file.startsWith("raft-entry"));
  }

  @Test
  void fieldsMayHoldAnything() {
    String nested = Fields.join("1:a", "", "b:c");

    assertThat(Fields.split(nested)).containsExactly("1:a", "", "b:c");
    assertThat(Fields.split(Fields.join(nested, "x"))).containsExactly(nested, "x");
    assertThat(Fields.split("")).isEmpty();
    assertThatThrownBy(() -> Fields.split("abc")).hasMessageContaining("no length at 0");
  }
}
