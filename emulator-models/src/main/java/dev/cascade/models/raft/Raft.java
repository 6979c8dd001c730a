package dev.cascade.models.raft;

import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * One member's side of the protocol: what it answers and when it acts by itself. It knows neither
 * network nor timers; who has it calls {@link #receive} and, when {@link #deadlineNanos} has come,
 * {@link #due}.
 *
 * <pre>
 *   FOLLOWER  -> CANDIDATE  nothing heard of a leader for followerTimeout to twice that
 *   CANDIDATE -> CANDIDATE  not enough votes for electionTimeout to twice that: another term
 *   CANDIDATE -> LEADER     votes of a majority
 *   CANDIDATE -> FOLLOWER   another leads this term, or somebody knows of a later one
 *   LEADER    -> FOLLOWER   a later term, or no majority heard of within the lease
 * </pre>
 */
final class Raft {
  /** What a member is in its term. */
  enum Role {
    /** Takes entries from the leader. */
    FOLLOWER,
    /** Asks for votes. */
    CANDIDATE,
    /** Takes entries in and hands them on. */
    LEADER
  }

  /** What a member needs of the world. */
  interface Port {
    /** Sends to a member by its number. */
    void send(int to, RaftMessage message);

    /** An entry with a command is committed; called once for each, in order. */
    void apply(long index, String command);

    /** The state machine's state as a text. */
    String snapshot();

    /** The state machine is to become what a text says. */
    void restore(String state);

    /** The role, the term or the known leader is another now. */
    void changed();
  }

  private static final int UNKNOWN = -1;
  private static final Duration HELLO_EVERY = Duration.ofSeconds(1);

  private final RaftTiming timing;
  private final int self;
  private final int members;
  private final RandomStream random;
  private final RaftLog log;
  private final Port port;

  private Role role = Role.FOLLOWER;
  private int leader = UNKNOWN;
  private long leaderHeardNanos;
  private long electionDueNanos;
  private long commit;
  private long applied;
  private long firstOfTerm;

  private final boolean[] granted;
  private final long[] newUntilNanos; // a member that said it knows no others counts so long
  private final long[] next;
  private final long[] match;
  private final long[] heardNanos;
  private final long[] beatDueNanos;
  private final boolean[] underWay;

  /**
   * A member that starts.
   *
   * @param bootstraps whether one without a configuration waits until all members are there and
   *     have none either; else it takes for granted what it was told
   */
  Raft(
      RaftTiming timing,
      int self,
      int members,
      boolean bootstraps,
      RandomStream random,
      RaftLog log,
      Port port) {
    this.timing = timing;
    this.self = self;
    this.members = members;
    this.random = random;
    this.log = log;
    this.port = port;
    this.granted = new boolean[members];
    this.newUntilNanos = new long[members];
    this.next = new long[members];
    this.match = new long[members];
    this.heardNanos = new long[members];
    this.beatDueNanos = new long[members];
    this.underWay = new boolean[members];
    if (!bootstraps) {
      log.configure();
    }
  }

  /** Takes up what the disk has kept. */
  void start(long now) {
    commit = log.snapshotIndex();
    applied = commit;
    if (commit > 0) {
      port.restore(log.snapshot());
    }
    Arrays.fill(newUntilNanos, Long.MIN_VALUE);
    leaderHeardNanos = Long.MIN_VALUE / 2;
    electionDueNanos = log.isConfigured() ? later(now, timing.followerTimeout()) : now;
  }

  Role role() {
    return role;
  }

  long term() {
    return log.term();
  }

  /** The number of the leader, if this member knows one; else -1. */
  int leader() {
    return leader;
  }

  /** Whether it leads and has all that was committed before. */
  boolean isReady() {
    return role == Role.LEADER && applied >= firstOfTerm;
  }

  long lastIndex() {
    return log.lastIndex();
  }

  /** When {@link #due} is to be called. */
  long deadlineNanos() {
    if (role != Role.LEADER) {
      return electionDueNanos;
    }
    long soonest = leaseEndNanos();
    for (int member = 0; member < members; member++) {
      if (member != self) {
        soonest = Math.min(soonest, beatDueNanos[member]);
      }
    }
    return soonest;
  }

  /** Some time from now, from once to twice as long as said. */
  private long later(long now, Duration atLeast) {
    long nanos = atLeast.toNanos();
    return now + nanos + random.nextLong(nanos);
  }

  private int majority() {
    return members / 2 + 1;
  }

  // ---- time

  /** Does what is due. */
  void due(long now) {
    if (role == Role.LEADER) {
      if (now >= leaseEndNanos()) {
        follow(log.term(), UNKNOWN, now);
        return;
      }
      for (int member = 0; member < members; member++) {
        if (member != self && beatDueNanos[member] <= now) {
          sendEntries(member, now);
        }
      }
    } else if (electionDueNanos <= now) {
      if (log.isConfigured()) {
        stand(now);
      } else {
        greet(now);
      }
    }
  }

  /** When the silence of others will have lasted too long; never if one is a majority. */
  private long leaseEndNanos() {
    if (majority() == 1) {
      return Long.MAX_VALUE;
    }
    long[] heard = heardNanos.clone();
    heard[self] = Long.MAX_VALUE;
    Arrays.sort(heard);
    return heard[members - majority()] + timing.lease().toNanos();
  }

  private void greet(long now) {
    electionDueNanos = now + HELLO_EVERY.toNanos();
    for (int member = 0; member < members; member++) {
      if (member != self) {
        port.send(member, new RaftMessage.Hello(self, false, false));
      }
    }
    bootstrapIfAllAreNew(now);
  }

  private void bootstrapIfAllAreNew(long now) {
    for (int member = 0; member < members; member++) {
      if (member != self && newUntilNanos[member] < now) {
        return;
      }
    }
    log.configure();
    electionDueNanos = later(now, timing.followerTimeout());
  }

  private void stand(long now) {
    role = Role.CANDIDATE;
    leader = UNKNOWN;
    log.vote(log.term() + 1, self);
    Arrays.fill(granted, false);
    granted[self] = true;
    electionDueNanos = later(now, timing.electionTimeout());
    port.changed();
    for (int member = 0; member < members; member++) {
      if (member != self) {
        port.send(
            member, new RaftMessage.RequestVote(self, log.term(), log.lastIndex(), log.lastTerm()));
      }
    }
    leadIfElected(now);
  }

  private void leadIfElected(long now) {
    int votes = 0;
    for (boolean vote : granted) {
      votes += vote ? 1 : 0;
    }
    if (votes < majority()) {
      return;
    }
    role = Role.LEADER;
    leader = self;
    Arrays.fill(next, log.lastIndex() + 1);
    Arrays.fill(match, 0);
    Arrays.fill(heardNanos, now);
    log.append(new LogEntry(log.term(), "")); // commits what earlier terms left (paper, §5.4.2)
    firstOfTerm = log.lastIndex();
    port.changed();
    for (int member = 0; member < members; member++) {
      if (member != self) {
        sendEntries(member, now);
      }
    }
    commitWhatAMajorityHas(now);
  }

  private void follow(long term, int newLeader, long now) {
    boolean changes = role != Role.FOLLOWER || term != log.term() || newLeader != leader;
    role = Role.FOLLOWER;
    leader = newLeader;
    if (term != log.term()) {
      log.vote(term, RaftLog.NOBODY);
    }
    if (log.isConfigured()) {
      electionDueNanos = later(now, timing.followerTimeout());
    }
    if (changes) {
      port.changed();
    }
  }

  // ---- messages

  /** Takes a message from another member. */
  void receive(RaftMessage message, long now) {
    if (message instanceof RaftMessage.Hello hello) {
      onHello(hello, now);
    } else if (message instanceof RaftMessage.RequestVote request) {
      onRequestVote(request, now);
    } else if (message instanceof RaftMessage.Vote vote) {
      onVote(vote, now);
    } else if (message instanceof RaftMessage.Append append) {
      onAppend(append, now);
    } else if (message instanceof RaftMessage.Install install) {
      onInstall(install, now);
    } else if (message instanceof RaftMessage.Appended appended) {
      onAppended(appended, now);
    }
  }

  private void onHello(RaftMessage.Hello hello, long now) {
    newUntilNanos[hello.from()] =
        hello.configured() ? Long.MIN_VALUE : now + 3 * HELLO_EVERY.toNanos();
    if (!hello.isAnswer()) {
      port.send(hello.from(), new RaftMessage.Hello(self, log.isConfigured(), true));
    }
    if (!log.isConfigured()) {
      bootstrapIfAllAreNew(now);
    }
  }

  private void onRequestVote(RaftMessage.RequestVote request, long now) {
    if (request.term() < log.term() || hasLiveLeader(now)) {
      port.send(request.from(), new RaftMessage.Vote(self, log.term(), false));
      return;
    }
    if (request.term() > log.term()) {
      follow(request.term(), UNKNOWN, now);
    }
    boolean isFree = log.votedFor() == RaftLog.NOBODY || log.votedFor() == request.from();
    boolean isUpToDate =
        request.lastTerm() > log.lastTerm()
            || (request.lastTerm() == log.lastTerm() && request.lastIndex() >= log.lastIndex());
    boolean grants = isFree && isUpToDate;
    if (grants) {
      log.vote(log.term(), request.from());
      if (log.isConfigured()) {
        electionDueNanos = later(now, timing.followerTimeout());
      }
    }
    port.send(request.from(), new RaftMessage.Vote(self, log.term(), grants));
  }

  /** Whoever hears of a leader keeps it: one that was cut off cannot depose it (thesis, §4.2.3). */
  private boolean hasLiveLeader(long now) {
    return role == Role.LEADER
        || (leader != UNKNOWN && now - leaderHeardNanos < timing.followerTimeout().toNanos());
  }

  private void onVote(RaftMessage.Vote vote, long now) {
    if (vote.term() > log.term()) {
      follow(vote.term(), UNKNOWN, now);
    } else if (role == Role.CANDIDATE && vote.term() == log.term() && vote.granted()) {
      granted[vote.from()] = true;
      leadIfElected(now);
    }
  }

  private void onAppend(RaftMessage.Append append, long now) {
    if (append.term() < log.term()) {
      port.send(append.from(), new RaftMessage.Appended(self, log.term(), false, log.lastIndex()));
      return;
    }
    hearLeader(append.from(), append.term(), now);
    long last = log.lastIndex();
    boolean matches =
        append.prevIndex() <= last
            && (append.prevIndex() < log.snapshotIndex()
                || log.termAt(append.prevIndex()) == append.prevTerm());
    if (!matches) {
      long tryAt = Math.min(last, append.prevIndex() - 1);
      port.send(append.from(), new RaftMessage.Appended(self, log.term(), false, tryAt));
      return;
    }
    joined(now);
    long index = append.prevIndex();
    for (LogEntry entry : append.entries()) {
      index++;
      if (index <= log.snapshotIndex()
          || (index <= log.lastIndex() && log.termAt(index) == entry.term())) {
        continue;
      }
      if (index <= log.lastIndex()) {
        log.truncateFrom(index);
      }
      log.append(entry);
    }
    commitTo(Math.min(append.commit(), index));
    port.send(append.from(), new RaftMessage.Appended(self, log.term(), true, index));
  }

  private void onInstall(RaftMessage.Install install, long now) {
    if (install.term() < log.term()) {
      port.send(install.from(), new RaftMessage.Appended(self, log.term(), false, log.lastIndex()));
      return;
    }
    hearLeader(install.from(), install.term(), now);
    if (install.index() > commit) {
      log.replace(install.index(), install.indexTerm(), install.state());
      commit = install.index();
      applied = commit;
      port.restore(install.state());
    }
    joined(now);
    port.send(install.from(), new RaftMessage.Appended(self, log.term(), true, install.index()));
  }

  private void hearLeader(int from, long term, long now) {
    leaderHeardNanos = now;
    follow(term, from, now);
  }

  /** A leader's entries say who the members are. */
  private void joined(long now) {
    if (!log.isConfigured()) {
      log.configure();
      electionDueNanos = later(now, timing.followerTimeout());
    }
  }

  private void onAppended(RaftMessage.Appended appended, long now) {
    if (appended.term() > log.term()) {
      follow(appended.term(), UNKNOWN, now);
    }
    if (role != Role.LEADER || appended.term() != log.term()) {
      return;
    }
    int member = appended.from();
    heardNanos[member] = now;
    underWay[member] = false;
    if (appended.matches()) {
      match[member] = Math.max(match[member], appended.last());
      next[member] = match[member] + 1;
      commitWhatAMajorityHas(now);
    } else {
      // It may have had more once: its disk was lost.
      match[member] = Math.min(match[member], appended.last());
      next[member] = Math.max(1, Math.min(next[member] - 1, appended.last() + 1));
    }
    if (!appended.matches() || next[member] <= log.lastIndex()) {
      sendEntries(member, now);
    }
  }

  // ---- entries

  /**
   * Takes a command in.
   *
   * @throws IllegalStateException if this member is not ready
   */
  void propose(String command, long now) {
    if (!isReady()) {
      throw new IllegalStateException("The member (" + self + ") is no leader, but " + role + ".");
    }
    log.append(new LogEntry(log.term(), command));
    for (int member = 0; member < members; member++) {
      if (member != self && !underWay[member]) {
        sendEntries(member, now);
      }
    }
    commitWhatAMajorityHas(now);
  }

  private void sendEntries(int member, long now) {
    underWay[member] = true;
    long spread = timing.heartbeatMax().toNanos() - timing.heartbeatMin().toNanos();
    beatDueNanos[member] =
        now + timing.heartbeatMin().toNanos() + (spread == 0 ? 0 : random.nextLong(spread));
    long prev = next[member] - 1;
    if (prev < log.snapshotIndex()) {
      port.send(
          member,
          new RaftMessage.Install(
              self, log.term(), log.snapshotIndex(), log.snapshotTerm(), log.snapshot()));
    } else {
      port.send(
          member,
          new RaftMessage.Append(
              self,
              log.term(),
              prev,
              log.termAt(prev),
              log.from(prev + 1, timing.batch()),
              commit));
    }
  }

  private void commitWhatAMajorityHas(long now) {
    long[] held = match.clone();
    held[self] = log.lastIndex();
    Arrays.sort(held);
    long index = held[members - majority()];
    if (index <= commit || log.termAt(index) != log.term()) {
      return;
    }
    for (int member = 0; member < members; member++) {
      beatDueNanos[member] = Math.min(beatDueNanos[member], now + timing.commitDelay().toNanos());
    }
    commitTo(index);
  }

  private void commitTo(long index) {
    commit = Math.max(commit, index);
    boolean wasReady = isReady();
    while (applied < commit) {
      applied++;
      LogEntry entry = log.entry(applied);
      if (!entry.command().isEmpty()) {
        port.apply(applied, entry.command());
      }
    }
    if (applied - log.snapshotIndex() >= timing.snapshotEntries()) {
      log.compact(applied, port.snapshot());
    }
    if (isReady() != wasReady) {
      port.changed();
    }
  }
}
