package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.node.HostSpec;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.time.Event;
import dev.cascade.time.EventQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How cores are shared, against tables worked out by hand. */
class CpuTest {
  private static final double WORK = 1_000_000;
  private static final long WHILE = 100_000;

  /** A clock that jumps from alarm to alarm. */
  private static final class FixedClock implements Cpu.Clock {
    private final EventQueue queue = new EventQueue();
    private long now;
    private long sequence;

    @Override
    public long nowNanos() {
      return now;
    }

    @Override
    public void wakeAt(Event alarm, long timeNanos) {
      queue.remove(alarm);
      alarm.key(timeNanos, 0, 0, sequence++);
      queue.add(alarm);
    }

    @Override
    public void forget(Event alarm) {
      queue.remove(alarm);
    }

    void runUntil(long timeNanos) {
      while (queue.nextTimeNanos() <= timeNanos) {
        Event event = queue.poll();
        now = event.timeNanos();
        event.fire();
      }
      now = timeNanos;
    }
  }

  private final FixedClock clock = new FixedClock();
  private final List<String> done = new ArrayList<>();

  private final class Named extends Cpu.Job {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    void done() {
      done.add(name + "@" + clock.now);
    }
  }

  /**
   * Groups are written {@code limit*threads}, {@code -} stands for no limit; expected are the cores
   * that each thread of each group gets.
   */
  @ParameterizedTest
  @CsvSource({
    "4, 0, 0, -*3,               1", // more cores than threads
    "2, 0, 0, -*4,               0.5", // fewer
    "2, 0, 0, 0.5*1 -*2,         0.5 0.75", // what the limit leaves goes to the others
    "2, 0, 0, 1*4 -*1,           0.25 1", // a limit is shared by its threads
    "1, 0, 0, 0.8*1 0.1*1 -*1,   0.45 0.1 0.45", // a limit above the fair share is none
    "4, 6, 0, -*2,               0.5", // standing demand takes its part
    "4, 6, 0, 0.2*1 -*1,         0.2 0.542857142857", // 3.8 / (1 + 6)
    "4, 0, 0, 3*2,               1", // a thread has one core at most
    "1, 0, 0, 0.5*1 -*1,         0.5 0.5",
    "8, 0, 0, 0.5*2 1.5*3 -*4,   0.25 0.5 1", // 0.5 + 1.5 + 4 of 8: nobody wants more
    "4, 0, 0, 0.5*2 1.5*3 -*4,   0.25 0.5 0.5", // 3.5 left for 7 threads, then 2 for 4
    "3, 0, 0, 0.5*2 1.5*3 -*4,   0.25 0.357142857143 0.357142857143", // 2.5 / 7
    "4, 0, 3, -*2,               0.5", // three of four cores stolen
    "4, 2.5, 3, -*2,             0.222222222222", // 1 / 4.5
    "4, 0, 5, -*2,               0", // more stolen than there were
  })
  void coresAreSharedAsWaterFills(
      int cores, double standing, double stolen, String groups, String expected) {
    Cpu cpu = new Cpu(HostSpec.cores(cores).standingDemand(standing), clock);
    cpu.steal(stolen);
    List<List<Named>> all = new ArrayList<>();
    for (String text : groups.split(" ")) {
      String[] parts = text.split("\\*");
      Cpu.Group group =
          parts[0].equals("-") ? cpu.unlimited() : new Cpu.Group(Double.parseDouble(parts[0]));
      List<Named> jobs = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        Named job = new Named(text);
        cpu.start(job, WORK, group);
        jobs.add(job);
      }
      all.add(jobs);
    }
    clock.runUntil(WHILE);
    double total = 0;
    String[] rates = expected.split(" ");
    for (int i = 0; i < all.size(); i++) {
      double rate = Double.parseDouble(rates[i]);
      total += rate * all.get(i).size();
    }
    assertThat(cpu.usedNanos()).isCloseTo(total * WHILE, within(1e-3));
    for (int i = 0; i < all.size(); i++) {
      for (Named job : all.get(i)) {
        double rate = (WORK - leftNow(cpu, job)) / WHILE;
        assertThat(rate).as(groups).isCloseTo(Double.parseDouble(rates[i]), within(1e-9));
      }
    }
  }

  /** Time stands still, so taking one off changes nothing of what the others have had. */
  private static double leftNow(Cpu cpu, Named job) {
    return cpu.remove(job);
  }

  @Test
  void sharesChangeAsJobsComeAndGo() {
    // One core. a (30) alone to 10; with b (10) to 30: a has had 20, b 10 and ends; a ends at 40.
    Cpu cpu = new Cpu(HostSpec.cores(1), clock);
    cpu.start(new Named("a"), 30, cpu.unlimited());
    clock.runUntil(10);
    cpu.start(new Named("b"), 10, cpu.unlimited());
    clock.runUntil(100);
    assertThat(done).containsExactly("b@30", "a@40");
  }

  @Test
  void firstComeFirstServedFillsCoresInOrder() {
    Cpu cpu = new Cpu(HostSpec.cores(2).discipline(CpuDiscipline.FIRST_COME_FIRST_SERVED), clock);
    cpu.start(new Named("a"), 30, cpu.unlimited());
    cpu.start(new Named("b"), 10, cpu.unlimited());
    cpu.start(new Named("c"), 10, cpu.unlimited());
    Named d = new Named("d");
    cpu.start(d, 5, cpu.unlimited());
    cpu.start(new Named("e"), 5, cpu.unlimited());
    assertThat(cpu.remove(d)).as("it had waited only").isEqualTo(5);
    clock.runUntil(100);
    assertThat(done).containsExactly("b@10", "c@20", "e@25", "a@30");
  }

  @Test
  void jobsThatEndTogetherEndInTheOrderInWhichTheyStarted() {
    Cpu cpu = new Cpu(HostSpec.cores(1), clock);
    for (String name : List.of("a", "b", "c")) {
      cpu.start(new Named(name), 10, cpu.unlimited());
    }
    clock.runUntil(100);
    assertThat(done).containsExactly("a@30", "b@30", "c@30");
  }

  @Test
  void stolenCoresStopWorkAndGivenBackLetItGoOn() {
    Cpu cpu = new Cpu(HostSpec.cores(1), clock);
    cpu.start(new Named("a"), 10, cpu.unlimited());
    clock.runUntil(4);
    cpu.steal(1);
    clock.runUntil(1_000);
    assertThat(done).isEmpty();
    cpu.steal(0);
    clock.runUntil(2_000);
    assertThat(done).containsExactly("a@1006");
  }

  @Test
  void aBusyYearLosesNoNanosecond() {
    // Never idle: the clock of service grows to 3e16, where doubles are 4 apart, and starts anew.
    Cpu cpu = new Cpu(HostSpec.cores(1), clock);
    Named endless = new Named("endless");
    cpu.start(endless, 1e18, cpu.unlimited());
    long year = 31_536_000_000_000_000L;
    clock.runUntil(year);
    cpu.start(new Named("a"), 1_000_000, cpu.unlimited());
    clock.runUntil(year + 3_000_000);
    assertThat(done).containsExactly("a@" + (year + 2_000_000));
  }
}
