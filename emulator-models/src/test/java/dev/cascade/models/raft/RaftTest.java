package dev.cascade.models.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.machine.Storage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of the protocol that matter too seldom for drawn faults to hit upon them. */
class RaftTest {
  private static final RaftTiming TIMING =
      new RaftTiming(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          64,
          1000);

  private final List<String> applied = new ArrayList<>();
  private final List<RaftMessage> sent = new ArrayList<>();
  private final RaftLog log = new RaftLog(new Texts());
  private long now;

  private final Raft raft = new Raft(TIMING, 0, 3, false, RandomStream.of(1), log, new Recording());

  /** An entry of term 1 is on this member's disk, and it knows of term 2; it leads term 3. */
  @BeforeEach
  void leadTermThree() {
    log.append(new LogEntry(1, "old"));
    log.vote(2, RaftLog.NOBODY);
    raft.start(now);
    now = raft.deadlineNanos();
    raft.due(now);
    raft.receive(new RaftMessage.Vote(1, 3, true), now);
    assertThat(raft.role()).isEqualTo(Raft.Role.LEADER);
  }

  /** Paper, figure 8: another leader might still replace it. */
  @Test
  void anEntryOfAnEarlierTermIsNotCommittedBecauseAMajorityHasIt() {
    raft.receive(new RaftMessage.Appended(1, 3, true, 1), now);
    assertThat(applied).isEmpty();
    assertThat(raft.isReady()).isFalse();

    raft.receive(new RaftMessage.Appended(1, 3, true, 2), now);
    assertThat(applied).containsExactly("old");
    assertThat(raft.isReady()).isTrue();
  }

  /** It gets all from the beginning, whatever it confirmed once. */
  @Test
  void aMemberThatLostItsDiskGetsTheWholeLogAgain() {
    raft.receive(new RaftMessage.Appended(1, 3, true, 2), now);
    raft.receive(new RaftMessage.Appended(1, 3, false, 0), now);

    RaftMessage last = sent.get(sent.size() - 1);
    assertThat(last).isInstanceOf(RaftMessage.Append.class);
    assertThat(((RaftMessage.Append) last).prevIndex()).isZero();
    assertThat(((RaftMessage.Append) last).entries()).hasSize(2);
  }

  @Test
  void aVoteOfAnEarlierTermElectsNobody() {
    raft.receive(new RaftMessage.Append(2, 4, 2, 3, List.of(), 0), now);
    assertThat(raft.role()).isEqualTo(Raft.Role.FOLLOWER);
    now = raft.deadlineNanos();
    raft.due(now);
    assertThat(raft.term()).isEqualTo(5);

    raft.receive(new RaftMessage.Vote(1, 4, true), now);
    assertThat(raft.role()).isEqualTo(Raft.Role.CANDIDATE);
    raft.receive(new RaftMessage.Vote(1, 5, true), now);
    assertThat(raft.role()).isEqualTo(Raft.Role.LEADER);
  }

  private final class Recording implements Raft.Port {
    @Override
    public void send(int to, RaftMessage message) {
      sent.add(message);
    }

    @Override
    public void apply(long index, String command) {
      applied.add(command);
    }

    @Override
    public String snapshot() {
      return String.join(",", applied);
    }

    @Override
    public void restore(String state) {
      applied.clear();
    }

    @Override
    public void changed() {
      // Nobody listens.
    }
  }

  private static final class Texts implements Storage {
    private final TreeMap<String, String> files = new TreeMap<>();

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
}
