package dev.cascade.schedule;

import static dev.cascade.schedule.Program.send;

import dev.cascade.schedule.Program.Note;
import dev.cascade.schedule.Program.Role;
import dev.cascade.schedule.Program.Send;
import dev.cascade.schedule.Program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Known bugs of concurrent programs, each with the depth at which it lies. */
public final class Programs {
  private Programs() {}

  /** All of them that are small enough to be enumerated under any strategy. */
  public static List<Program> enumerable() {
    return List.of(
        account(),
        lostUpdate(2),
        lostUpdate(3),
        diningPhilosophers(2),
        diningPhilosophers(3),
        alternation(2),
        alternation(3),
        alternation(4),
        unevenSenders(4),
        twoStageWrite());
  }

  private static SortedMap<String, Role> roles(Object... namesAndRoles) {
    SortedMap<String, Role> roles = new TreeMap<>();
    for (int i = 0; i < namesAndRoles.length; i += 2) {
      roles.put((String) namesAndRoles[i], (Role) namesAndRoles[i + 1]);
    }
    return roles;
  }

  // ---- one value that several change

  /** Holds a number; tells it, sets it, and adds to it. */
  record Store(int value) implements Role {
    @Override
    public Step on(Note note) {
      return switch (note.what()) {
        case "read" -> says(send("store", note.from(), "value", value));
        case "write" -> new Step(new Store(note.value()), List.of());
        default -> new Step(new Store(value + note.value()), List.of());
      };
    }
  }

  /** Reads, and then writes one more than it read. */
  record Incrementer(String name) implements Role {
    @Override
    public List<Send> start() {
      return List.of(send(name, "store", "read", 0));
    }

    @Override
    public Step on(Note note) {
      return says(send(name, "store", "write", note.value() + 1));
    }
  }

  /** Looks whether there is enough, and then takes it. */
  record Customer(String name, int sum) implements Role {
    @Override
    public List<Send> start() {
      return List.of(send(name, "store", "read", 0));
    }

    @Override
    public Step on(Note note) {
      return note.value() >= sum ? says(send(name, "store", "add", -sum)) : says();
    }
  }

  /** Pays in without looking. */
  record Payer(int sum) implements Role {
    @Override
    public List<Send> start() {
      return List.of(send("payer", "store", "add", sum));
    }

    @Override
    public Step on(Note note) {
      return says();
    }
  }

  /** Two take 80 of 100, a third pays 30 in: one read before the other's withdrawal is too many. */
  public static Program account() {
    return new Program(
        "account",
        2,
        roles(
            "adam",
            new Customer("adam", 80),
            "berta",
            new Customer("berta", 80),
            "payer",
            new Payer(30),
            "store",
            new Store(100)),
        end -> ((Store) end.get("store")).value() < 0);
  }

  /** Each adds one to what it has read. */
  public static Program lostUpdate(int clients) {
    SortedMap<String, Role> roles = roles("store", new Store(0));
    for (int i = 1; i <= clients; i++) {
      roles.put("client" + i, new Incrementer("client" + i));
    }
    return new Program(
        "lost update of " + clients, 2, roles, end -> ((Store) end.get("store")).value() < clients);
  }

  // ---- forks

  /** A fork, with those who wait for it. */
  record Fork(String name, String owner, List<String> waiting) implements Role {
    @Override
    public Step on(Note note) {
      if (note.what().equals("take")) {
        if (owner.isEmpty()) {
          return new Step(
              new Fork(name, note.from(), waiting), List.of(send(name, note.from(), "granted", 0)));
        }
        List<String> longer = new ArrayList<>(waiting);
        longer.add(note.from());
        return new Step(new Fork(name, owner, List.copyOf(longer)), List.of());
      }
      Send freed = send(name, note.from(), "freed", 0);
      if (waiting.isEmpty()) {
        return new Step(new Fork(name, "", waiting), List.of(freed));
      }
      String next = waiting.get(0);
      return new Step(
          new Fork(name, next, waiting.subList(1, waiting.size())),
          List.of(freed, send(name, next, "granted", 0)));
    }
  }

  /** Takes the left fork, then the right one, eats, and gives both back. */
  record Philosopher(String name, String left, String right, int stage) implements Role {
    @Override
    public List<Send> start() {
      return List.of(send(name, left, "take", 0));
    }

    @Override
    public Step on(Note note) {
      Philosopher next = new Philosopher(name, left, right, stage + 1);
      return new Step(
          next,
          switch (stage) {
            case 0 -> List.of(send(name, right, "take", 0));
            case 1 -> List.of(send(name, left, "free", 0));
            case 2 -> List.of(send(name, right, "free", 0));
            default -> List.of();
          });
    }
  }

  /** All have their left forks, and wait for ever. */
  public static Program diningPhilosophers(int count) {
    SortedMap<String, Role> roles = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String fork = "fork" + i;
      roles.put(fork, new Fork(fork, "", List.of()));
      String name = "phil" + i;
      roles.put(name, new Philosopher(name, fork, "fork" + (i + 1) % count, 0));
    }
    return new Program(
        count + " dining philosophers",
        count, // all but the last are stopped between their two forks
        roles,
        end ->
            end.values().stream()
                .allMatch(role -> !(role instanceof Philosopher p) || p.stage() == 1));
  }

  // ---- orders

  /** Sends so many, each when the one before is answered. */
  record Counting(String name, int sent, int count) implements Role {
    @Override
    public List<Send> start() {
      return List.of(send(name, "judge", "next", 1));
    }

    @Override
    public Step on(Note note) {
      return sent == count
          ? says()
          : new Step(
              new Counting(name, sent + 1, count), List.of(send(name, "judge", "next", sent + 1)));
    }
  }

  /** Answers, and writes down who came when. */
  record Judge(String order) implements Role {
    @Override
    public Step on(Note note) {
      return new Step(
          new Judge(order + note.from().charAt(0)), List.of(send("judge", note.from(), "seen", 0)));
    }
  }

  /**
   * Alice and Bob each send some, one after the other. At depth 2 it is a1 < b1 < a2, and one more
   * of b2 and a3 follows for each depth more.
   */
  public static Program alternation(int depth) {
    String wanted = "abab".substring(0, depth);
    return new Program(
        "alternation of depth " + depth,
        depth,
        roles(
            "alice",
            new Counting("alice", 1, 3),
            "bob",
            new Counting("bob", 1, 2),
            "judge",
            new Judge("")),
        end -> ((Judge) end.get("judge")).order().startsWith(wanted));
  }

  /** Sends its one message at the start. */
  record Once(String name) implements Role {
    @Override
    public List<Send> start() {
      return List.of(send(name, "judge", "next", 0));
    }

    @Override
    public Step on(Note note) {
      return says();
    }
  }

  /** One sends many, the other one message that must come before the last of them, and does not. */
  public static Program unevenSenders(int many) {
    return new Program(
        "uneven senders, " + many + " to 1",
        1,
        roles(
            "alice",
            new Counting("alice", 1, many),
            "bob",
            new Once("bob"),
            "judge",
            new Judge("")),
        end -> ((Judge) end.get("judge")).order().equals("a".repeat(many) + "b"));
  }

  /** Two values that are written one after the other, and belong together. */
  record Pair(int first, int second, boolean torn) implements Role {
    @Override
    public Step on(Note note) {
      return switch (note.what()) {
        case "first" ->
            new Step(
                new Pair(note.value(), second, torn),
                List.of(send("pair", note.from(), "done", 0)));
        case "second" -> new Step(new Pair(first, note.value(), torn), List.of());
        default -> new Step(new Pair(first, second, torn || first != second), List.of());
      };
    }
  }

  /** Writes the one, then the other. */
  record Writer() implements Role {
    @Override
    public List<Send> start() {
      return List.of(send("writer", "pair", "first", 1));
    }

    @Override
    public Step on(Note note) {
      return says(send("writer", "pair", "second", 1));
    }
  }

  /** Reads both at once. */
  record Reader() implements Role {
    @Override
    public List<Send> start() {
      return List.of(send("reader", "pair", "read", 0));
    }

    @Override
    public Step on(Note note) {
      return says();
    }
  }

  /** A read between the two writes. */
  public static Program twoStageWrite() {
    return new Program(
        "two-stage write",
        2,
        roles("pair", new Pair(0, 0, false), "reader", new Reader(), "writer", new Writer()),
        end -> ((Pair) end.get("pair")).torn());
  }
}
