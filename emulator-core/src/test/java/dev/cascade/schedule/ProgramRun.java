package dev.cascade.schedule;

import dev.cascade.random.RandomStream;
import dev.cascade.schedule.Program.Role;
import dev.cascade.schedule.Program.Send;
import dev.cascade.schedule.Program.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** Runs a program by {@link Priorities} alone, without engine and time: for many runs. */
final class ProgramRun {
  private record Flight(Send send, long priority, long number) {}

  private ProgramRun() {}

  /** Whether it went wrong. */
  static boolean goesWrong(Program program, Schedule schedule, long seed) {
    Priorities priorities = new Priorities(schedule, RandomStream.of(seed));
    SortedMap<String, Role> roles = program.roles();
    List<Flight> flights = new ArrayList<>();
    long turn = 0;
    for (Send send : program.start()) {
      flights.add(new Flight(send, priorities.sent(0, turn++), flights.size()));
    }
    while (!flights.isEmpty()) {
      Flight next =
          flights.stream()
              .max(
                  Comparator.comparingLong(Flight::priority)
                      .thenComparing(Comparator.comparingLong(Flight::number).reversed()))
              .orElseThrow();
      flights.remove(next);
      priorities.arrived(next, next.priority());
      priorities.handled(next, 1, ++turn, 0, 0);
      Step step = roles.get(next.send().to()).on(next.send().note());
      roles = Program.after(roles, next.send().to(), step.next());
      for (Send send : step.sends()) {
        flights.add(new Flight(send, priorities.sent(1, turn), turn));
      }
    }
    return program.wrong().test(roles);
  }
}
