package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.Purpose;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.random.Hash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what caused what, turn by turn, in a run on one shard: for {@code why}, which repeats
 * a run for it. Ordinary runs have none, and pay nothing.
 */
public final class CauseLog {
  /**
   * Turns that are kept, some 24 bytes each; of longer runs the last ones. What older ones caused
   * then seems to begin by itself, and {@link #forgotten} says so.
   */
  public static final int TURNS_MAX = 8_000_000;

  /** The cause of a turn that nothing known has caused. */
  public static final int NONE = -1;

  /** Open requests whose whereabouts are known, and changes of a series that are kept. */
  private static final int KEPT_MAX = 200_000;

  /** Longer chains of calls are cut off. */
  private static final int DEPTH_MAX = 16;

  /** Of those before a request so many are looked at. */
  private static final int LOOKED_MAX = 1_000;

  private final List<String> events;

  /** Writes down whose turns recorded these events, besides what causes what. */
  public CauseLog(List<String> events) {
    this.events = List.copyOf(events);
  }

  /** What a turn was. */
  public enum What {
    /** A process started, or acted by a timer that it started then. */
    START,
    /** A step of the method. */
    STEP,
    /** Told by another actor of the same process, or by a timer of its own. */
    LOCAL,
    /** A host appeared. */
    LAUNCHED,
    /** A process told, by an event, that its state has changed. */
    RECORDED,
    SENT,
    ASKED,
    ANSWERED,
    TIMED_OUT,
    REFUSED,
    RESET
  }

  /**
   * Turns that are alike.
   *
   * @param at the topology entry and process that had the turn
   * @param other who sent or asked, or who was asked; empty if nobody
   * @param subject what was sent or asked for
   * @param purpose of a request; null for anything else
   */
  public record Kind(
      What what, String at, String other, String subject, @Nullable Purpose purpose) {}

  /** A request under way. */
  private static final class Open {
    final String subject;
    final @Nullable Purpose purpose;
    final String asked;
    final int begun;
    final long sinceNanos;
    @Nullable ReplyTo nested;
    @Nullable ProcessQueue server;
    int last = NONE;
    boolean over;

    Open(String subject, @Nullable Purpose purpose, String asked, int begun, long sinceNanos) {
      this.subject = subject;
      this.purpose = purpose;
      this.asked = asked;
      this.begun = begun;
      this.sinceNanos = sinceNanos;
    }
  }

  /** An outcome that has not been handled yet. */
  private record Ended(Kind kind, int cause, int behind, long nanos) {}

  /**
   * A turn told what has changed.
   *
   * @param event the name under which it did
   */
  public record Recorded(int turn, String event) {}

  private static final class Numbers {
    int[] all = new int[16];

    void put(long place, int value) {
      int at = (int) place;
      if (at >= all.length) {
        int size = all.length;
        all = Arrays.copyOf(all, Math.max(at + 1, 2 * size));
      }
      all[at] = value + 1; // 0 for none
    }

    int get(long place) {
      return place >= 0 && place < all.length ? all[(int) place] - 1 : NONE;
    }
  }

  private final List<Kind> kinds = new ArrayList<>();
  private final Map<Kind, Integer> numbers = new LinkedHashMap<>();
  private final Map<Long, Numbers> byHost = new LinkedHashMap<>();
  private final Map<Long, String> names = new LinkedHashMap<>();
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final Map<ProcessQueue, Integer> born = new LinkedHashMap<>();
  private final Map<ProcessQueue, Integer> places = new LinkedHashMap<>();
  private final List<TreeMap<Integer, String>> recorded = new ArrayList<>(); // by place and turn
  private final Map<ReplyTo, Open> open = bounded();
  private final Map<Message, Ended> ended = new LinkedHashMap<>();
  private final Map<String, int[]> changes = new TreeMap<>(); // a ring each, after its count
  private final Map<MessageCounts.Drop, long[]> drops = new TreeMap<>();
  private final List<String> steps = new ArrayList<>();
  private final Map<Integer, Integer> behind = bounded();

  private long[] times = new long[1 << 16];
  private int[] causes = new int[1 << 16];
  private int[] ofKind = new int[1 << 16];
  private int[] lasted = new int[1 << 16]; // of a request, in microseconds; else 0
  private int[] ofPlace = new int[1 << 16]; // the process that had it
  private int count;

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT_MAX;
      }
    };
  }

  // ---- what the engine tells

  void step(String name, long nowNanos) {
    steps.add(name);
    put(0, steps.size(), NONE, NONE, new Kind(What.STEP, name, "", "", null), nowNanos, 0);
  }

  /** The method's turns are its steps: 0 before the first. */
  int stepTurn() {
    return steps.size();
  }

  /** What starts first on a host that appears follows from who wanted it. */
  void launched(HostInfo host, long causeHost, long causeTurn, long nowNanos) {
    Kind kind = new Kind(What.LAUNCHED, host.entry(), "", "", null);
    put(Hash64.of(host.name()), 0, NONE, find(causeHost, causeTurn), kind, nowNanos, 0);
  }

  /** A process is made; what it does first follows from that. */
  void born(ProcessQueue process, long causeHost, long causeTurn) {
    born.put(process, find(causeHost, causeTurn));
  }

  /** A turn begins, which may handle no message, but start the process. */
  void began(ProcessQueue process, long host, long turn) {
    alias(host, turn, born.getOrDefault(process, NONE));
  }

  /** A host's own actor starts processes for others: its turns stand for theirs. */
  void passedOn(long host, long turn, Message message) {
    alias(host, turn, find(message.causeHost, message.causeTurn));
  }

  private void alias(long host, long turn, int number) {
    if (number != NONE) {
      byHost.computeIfAbsent(host, key -> new Numbers()).put(turn, number);
    }
  }

  void handled(Shard shard, ProcessQueue process, Message message, long turn, long nowNanos) {
    HostRuntime host = process.host();
    if (host == null) {
      return;
    }
    Bill bill = message.bill;
    int cause = find(message.causeHost, message.causeTurn);
    Kind kind;
    long nanos = 0;
    Ended outcome = message.kind == Message.Kind.OUTCOME ? ended.remove(message) : null;
    if (outcome != null) {
      kind = outcome.kind();
      cause = outcome.cause();
      nanos = outcome.nanos();
    } else if (message.kind == Message.Kind.TELL || message.from == null) {
      kind = new Kind(cause == NONE ? What.START : What.LOCAL, role(process), "", "", null);
    } else {
      boolean isRequest = message.kind == Message.Kind.REQUEST;
      kind =
          new Kind(
              isRequest ? What.ASKED : What.SENT,
              role(process),
              role(shard, message.from),
              subject(message.payload),
              isRequest && bill != null ? bill.cause.purpose() : null);
    }
    int number = put(host.key(), turn, place(process.top()), cause, kind, nowNanos, nanos);
    if (outcome != null && outcome.behind() != NONE && outcome.behind() != cause) {
      behind.put(number, outcome.behind());
    }
    ReplyTo connection = message.connection != null ? message.connection : connectionOf(bill);
    Open request = connection == null ? null : open.get(connection);
    if (request != null) {
      request.last = number;
      request.server = process.top();
    }
  }

  private int place(ProcessQueue process) {
    return places.computeIfAbsent(
        process,
        key -> {
          recorded.add(new TreeMap<>());
          return recorded.size() - 1;
        });
  }

  private static @Nullable ReplyTo connectionOf(@Nullable Bill bill) {
    return bill == null || bill.closed ? null : bill.connection;
  }

  void opened(
      Shard shard,
      ReplyTo connection,
      Address server,
      Object request,
      Purpose purpose,
      @Nullable Bill served) {
    int begun = find(shard.causeHost(), shard.causeTurn());
    Open fresh = new Open(subject(request), purpose, role(shard, server), begun, shard.nowNanos());
    open.put(connection, fresh);
    ReplyTo above = connectionOf(served);
    Open serving = above == null ? null : open.get(above);
    if (serving != null) {
      serving.nested = connection;
    }
  }

  /** A request has come to something: its client will handle this message. */
  void ended(
      ReplyTo connection, Outcome outcome, ProcessQueue client, Message message, long nowNanos) {
    Open request = open.get(connection);
    if (request == null) {
      return;
    }
    request.over = true;
    boolean isAnswer = outcome instanceof Outcome.Reply;
    What what =
        isAnswer
            ? What.ANSWERED
            : outcome instanceof Outcome.TimedOut
                ? What.TIMED_OUT
                : outcome instanceof Outcome.Refused ? What.REFUSED : What.RESET;
    int cause = isAnswer ? find(message.causeHost, message.causeTurn) : whereabouts(request);
    Kind kind = new Kind(what, role(client), request.asked, request.subject, request.purpose);
    int held = isAnswer ? NONE : whereabouts(holder(request));
    ended.put(message, new Ended(kind, cause, held, nowNanos - request.sinceNanos));
  }

  /** The last turn that served a request, or one that serves it in turn; else who sent it. */
  private int whereabouts(@Nullable Open request) {
    if (request == null) {
      return NONE;
    }
    Open at = deepest(request);
    return at.last == NONE ? at.begun : at.last;
  }

  /**
   * Whom a request waits behind: of those that its process took up before it and still has, the
   * oldest that waits for somebody else, and so on from there; else the oldest.
   */
  private @Nullable Open holder(Open waiting) {
    Open at = deepest(waiting);
    Open found = oldest(at, false);
    for (int depth = 0; depth < DEPTH_MAX; depth++) {
      Open calling = oldest(at, true);
      if (calling == null) {
        return found;
      }
      at = deepest(calling);
      found = at;
    }
    return found;
  }

  private @Nullable Open oldest(Open waiting, boolean calling) {
    ProcessQueue server = waiting.server;
    HostRuntime host = server == null ? null : server.host();
    if (server == null || host == null) {
      return null;
    }
    int looked = 0;
    for (ReplyTo taken : host.connections().accepted(server)) {
      Open one = open.get(taken);
      if (one == waiting || looked++ > LOOKED_MAX) {
        return null; // what came later is no hindrance
      }
      if (one != null && (!calling || isUnderWay(one.nested))) {
        return one;
      }
    }
    return null;
  }

  private boolean isUnderWay(@Nullable ReplyTo connection) {
    Open request = connection == null ? null : open.get(connection);
    return request != null && !request.over;
  }

  /** The request that a request waits for in the end; itself if it made none. */
  private Open deepest(Open request) {
    Open at = request;
    for (int depth = 0; depth < DEPTH_MAX && isUnderWay(at.nested); depth++) {
      at = Objects.requireNonNull(open.get(at.nested), "it is under way");
    }
    return at;
  }

  void dropped(MessageCounts.Drop drop, long nowNanos) {
    long[] seen = drops.computeIfAbsent(drop, key -> new long[] {0, nowNanos, nowNanos});
    seen[0]++;
    seen[2] = nowNanos;
  }

  /** The name under which an event's happenings count as changes. */
  private static String series(String event) {
    return "event('" + event + "')";
  }

  /** A turn recorded an event. */
  void happened(String event, long host, long turn) {
    if (events.contains(event)) {
      changed(series(event), host, turn);
    }
    int number = find(host, turn);
    int place = number == NONE ? NONE : placeOf(number);
    if (place != NONE) {
      recorded.get(place).put(number, event);
    }
  }

  void changed(String series, long host, long turn) {
    int number = find(host, turn);
    if (number == NONE) {
      return;
    }
    int[] ring = changes.computeIfAbsent(series, key -> new int[1 + CHANGES_KEPT]);
    ring[1 + ring[0] % CHANGES_KEPT] = number;
    ring[0]++;
  }

  private static final int CHANGES_KEPT = 4_096;

  private int put(
      long host, long turn, int place, int cause, Kind kind, long nowNanos, long lastedNanos) {
    int number = count++;
    if (number == times.length && times.length < TURNS_MAX) {
      int size = Math.min(TURNS_MAX, 2 * times.length);
      times = Arrays.copyOf(times, size);
      causes = Arrays.copyOf(causes, size);
      ofKind = Arrays.copyOf(ofKind, size);
      lasted = Arrays.copyOf(lasted, size);
      ofPlace = Arrays.copyOf(ofPlace, size);
    }
    int at = number % times.length;
    times[at] = nowNanos;
    causes[at] = cause;
    ofPlace[at] = place;
    lasted[at] = (int) Math.min(Integer.MAX_VALUE, lastedNanos / 1_000);
    ofKind[at] =
        numbers.computeIfAbsent(
            kind,
            key -> {
              kinds.add(key);
              return kinds.size() - 1;
            });
    byHost.computeIfAbsent(host, key -> new Numbers()).put(turn, number);
    return number;
  }

  private int find(long host, long turn) {
    Numbers turns = byHost.get(host);
    return turns == null ? NONE : turns.get(turn);
  }

  // ---- names

  private String role(ProcessQueue process) {
    return roles.computeIfAbsent(process.top().place(), CauseLog::plain);
  }

  /** The entry and process of an address; what is numbered, like pods, is one. */
  private String role(Shard shard, Address address) {
    return names.computeIfAbsent(
        address.key(),
        key -> {
          var end = shard.directory().end(address.host());
          String entry = end == null ? address.host() : end.host().entry();
          String process = address.process();
          int child = process.indexOf('/');
          return plain(entry + "/" + (child < 0 ? process : process.substring(0, child)));
        });
  }

  private static String plain(String place) {
    String one = place.replaceAll("-[0-9]+(?=$|/|-)", "-*");
    int slash = one.indexOf('/');
    boolean isTwice = slash > 0 && one.substring(slash + 1).equals(one.substring(0, slash));
    return isTwice ? one.substring(0, slash) : one;
  }

  static String subject(Object payload) {
    String said = payload instanceof WireMessage wire ? wire.subject() : "";
    return said.isEmpty() ? MessageType.nameOf(payload) : said;
  }

  // ---- reading

  /** Turns that were written down. */
  public int count() {
    return count;
  }

  /** How many of the first turns are no longer known. */
  public int forgotten() {
    return Math.max(0, count - times.length);
  }

  /** When a turn was, in nanoseconds since the start. */
  public long timeNanos(int turn) {
    return times[turn % times.length];
  }

  /** The turn that caused it, or {@link #NONE}. */
  public int cause(int turn) {
    int cause = causes[turn % times.length];
    return cause < forgotten() ? NONE : cause;
  }

  /** The turn for whose request it waited in vain, or {@link #NONE}. */
  public int behind(int turn) {
    int other = behind.getOrDefault(turn, NONE);
    return other < forgotten() ? NONE : other;
  }

  /** The process that had a turn, as a number from 0; or {@link #NONE}. */
  public int placeOf(int turn) {
    return ofPlace[turn % times.length];
  }

  /** What the process that had a turn had told last before it; null if it had told nothing. */
  public @Nullable Recorded recordedBefore(int turn) {
    int place = placeOf(turn);
    Map.Entry<Integer, String> last = place == NONE ? null : recorded.get(place).lowerEntry(turn);
    return last == null || last.getKey() < forgotten()
        ? null
        : new Recorded(last.getKey(), last.getValue());
  }

  /** All that was told, in no particular order of processes. */
  public List<Recorded> recorded() {
    List<Recorded> all = new ArrayList<>();
    for (TreeMap<Integer, String> one : recorded) {
      one.tailMap(forgotten()).forEach((turn, event) -> all.add(new Recorded(turn, event)));
    }
    return all;
  }

  /** How long the request had taken whose end a turn was, in microseconds; 0 if it was none. */
  public int lastedMicros(int turn) {
    return lasted[turn % times.length];
  }

  /** What the turn was. */
  public Kind kind(int turn) {
    return kinds.get(ofKind[turn % times.length]);
  }

  /** The names of the series that changed, as far as somebody watched them. */
  public List<String> series() {
    return List.copyOf(changes.keySet());
  }

  /** The turns in which a series changed, the last 4,096 of them, in their order. */
  public List<Integer> changes(String series) {
    int[] ring = changes.getOrDefault(series, new int[1]);
    List<Integer> turns = new ArrayList<>();
    for (int i = Math.max(0, ring[0] - CHANGES_KEPT); i < ring[0]; i++) {
      int turn = ring[1 + i % CHANGES_KEPT];
      if (turn >= forgotten()) {
        turns.add(turn);
      }
    }
    return turns;
  }

  /** How often each series has changed so far. */
  public Map<String, Integer> changeCounts() {
    Map<String, Integer> counts = new TreeMap<>();
    changes.forEach((series, ring) -> counts.put(series, ring[0]));
    return counts;
  }

  /** Steps of the method that were done so far. */
  public int stepsDone() {
    return steps.size();
  }

  /** What fell: how often, and when first and last, in nanoseconds. */
  public Map<MessageCounts.Drop, long[]> drops() {
    return new TreeMap<>(drops);
  }
}
