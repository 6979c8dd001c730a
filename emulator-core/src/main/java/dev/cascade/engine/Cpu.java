package dev.cascade.engine;

import dev.cascade.node.HostSpec;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.time.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The cores of one host. All admitted jobs share them: n threads beside a standing demand of d
 * cores run at {@code min(1, k / (n + d))} of a core each; a group with a limit gets no more than
 * that, and what it leaves goes to the others. Under processor sharing every job is admitted at
 * once; under first come first served only as many as there are cores.
 *
 * <p>Each group keeps a clock of service received per thread, so that a change of the shares costs
 * one step a group and not one a job (the virtual time of fair queueing).
 */
final class Cpu {
  /** Less than a thousandth of a nanosecond of work left counts as done: rounding, not work. */
  private static final double DONE_NANOS = 1e-3;

  /** Work that would take longer than this (a century) needs no alarm: its core was stolen. */
  private static final double FAR_NANOS = 3e18;

  private final Clock clock;
  private final CpuDiscipline discipline;
  private final double cores;
  private final Group unlimited = new Group(Double.POSITIVE_INFINITY);
  private final List<Group> busy = new ArrayList<>();
  private final ArrayDeque<Job> waiting = new ArrayDeque<>();
  private final Event tick =
      new Event() {
        @Override
        public void fire() {
          finishDue();
        }
      };

  private double standingDemand;
  private double stolen;
  private int admitted;
  private long updatedNanos;
  private long started;
  private double usedNanos;

  Cpu(HostSpec spec, Clock clock) {
    this.clock = clock;
    this.discipline = spec.discipline();
    this.cores = spec.cores();
    this.standingDemand = spec.standingDemandCores();
  }

  /** What the CPU needs of its host: the time, and an alarm. */
  interface Clock {
    long nowNanos();

    void wakeAt(Event alarm, long timeNanos);

    void forget(Event alarm);
  }

  /** Threads that have a limit in common: a container's. */
  static final class Group {
    private final double limitCores;
    private final PriorityQueue<Job> jobs = new PriorityQueue<>();
    private double received;
    private double rate;

    Group(double limitCores) {
      this.limitCores = limitCores;
    }

    /** The most that each of its threads may have, in cores. */
    private double cap() {
      return Math.min(1, limitCores / jobs.size());
    }
  }

  /** One thread's need of CPU time. */
  abstract static class Job implements Comparable<Job> {
    private @Nullable Group group;
    private double workNanos;
    private double finish;
    private long order;
    private boolean waits;

    /** Called when the work is done. */
    abstract void done();

    final boolean isRunning() {
      return group != null;
    }

    @Override
    public final int compareTo(Job other) {
      int byFinish = Double.compare(finish, other.finish);
      return byFinish != 0 ? byFinish : Long.compare(order, other.order);
    }
  }

  /** The group of threads that have no limit. */
  Group unlimited() {
    return unlimited;
  }

  /** Starts a job of so much work; it ends by {@link Job#done}. */
  void start(Job job, double workNanos, Group group) {
    if (job.group != null) {
      throw new IllegalStateException("A thread does one thing at a time: " + job);
    }
    advance();
    job.group = group;
    job.workNanos = workNanos;
    job.order = started++;
    if (admitted < places()) {
      admit(job, group);
    } else {
      job.waits = true;
      waiting.add(job);
    }
    reshare();
  }

  /**
   * Takes a job off the cores before it is done.
   *
   * @return the work that is left, in nanoseconds
   */
  double remove(Job job) {
    Group group = job.group;
    if (group == null) {
      return 0;
    }
    advance();
    double left;
    if (job.waits) {
      waiting.remove(job);
      left = job.workNanos;
    } else {
      left = Math.max(0, job.finish - group.received);
      group.jobs.remove(job);
      release(group);
    }
    clear(job);
    admitWaiting();
    reshare();
    return left;
  }

  /** Work of a job that is left, in nanoseconds; looking changes nothing. */
  double leftNanos(Job job) {
    Group group = job.group;
    if (group == null) {
      return 0;
    }
    double elapsed = clock.nowNanos() - updatedNanos;
    return job.waits
        ? job.workNanos
        : Math.max(0, job.finish - group.received - group.rate * elapsed);
  }

  /** Takes cores away, or gives them back. */
  void steal(double newStolen) {
    advance();
    stolen = newStolen;
    admitWaiting();
    reshare();
  }

  /** The machine booted: its cores are as stolen, and as wanted by others, as before. */
  void inherit(Cpu before) {
    stolen = before.stolen;
    standingDemand = before.standingDemand;
  }

  /** Programs that send no messages now want so many cores. */
  void standingDemand(double newCores) {
    advance();
    standingDemand = newCores;
    reshare();
  }

  /** CPU time given to messages so far, in nanoseconds. */
  double usedNanos() {
    double used = usedNanos; // reading must not advance: where sums are rounded is part of a run
    double elapsed = clock.nowNanos() - updatedNanos;
    for (Group group : busy) {
      used += group.rate * elapsed * group.jobs.size();
    }
    return used;
  }

  /** Threads that want a core now. */
  int runnable() {
    return admitted + waiting.size();
  }

  private int places() {
    return discipline == CpuDiscipline.PROCESSOR_SHARING
        ? Integer.MAX_VALUE
        : Math.max(1, (int) Math.floor(cores - stolen));
  }

  private void admit(Job job, Group group) {
    if (group.jobs.isEmpty()) {
      group.received = 0; // nobody is measured against it: start over, and keep doubles exact
      busy.add(group);
    }
    job.waits = false;
    job.finish = group.received + job.workNanos;
    group.jobs.add(job);
    admitted++;
  }

  private void release(Group group) {
    admitted--;
    if (group.jobs.isEmpty()) {
      busy.remove(group);
    }
  }

  private static void clear(Job job) {
    job.group = null;
    job.waits = false;
  }

  private void admitWaiting() {
    while (admitted < places()) {
      Job job = waiting.poll();
      if (job == null || job.group == null) {
        return;
      }
      admit(job, job.group);
    }
  }

  /** Gives every thread what it has earned since the last change. */
  private void advance() {
    long now = clock.nowNanos();
    double elapsed = now - updatedNanos;
    updatedNanos = now;
    if (elapsed > 0) {
      for (Group group : busy) {
        group.received += group.rate * elapsed;
        usedNanos += group.rate * elapsed * group.jobs.size();
      }
    }
  }

  private void finishDue() {
    advance();
    List<Job> finished = new ArrayList<>(1);
    for (int i = busy.size() - 1; i >= 0; i--) {
      Group group = busy.get(i);
      Job first = group.jobs.peek();
      while (first != null && first.finish - group.received <= DONE_NANOS) {
        group.jobs.remove();
        finished.add(first);
        first = group.jobs.peek();
        release(group);
      }
    }
    if (finished.size() > 1) {
      finished.sort((a, b) -> Long.compare(a.order, b.order));
    }
    for (Job job : finished) {
      clear(job);
    }
    admitWaiting();
    reshare();
    for (Job job : finished) {
      job.done();
    }
  }

  /** Shares the cores anew and sets the alarm for the first job that will be done. */
  private void reshare() {
    if (busy.isEmpty()) {
      clock.forget(tick);
      return;
    }
    double capacity = Math.max(0, cores - stolen);
    if (busy.size() == 1 && busy.get(0) == unlimited) {
      unlimited.rate = Math.min(1, capacity / (admitted + standingDemand));
    } else {
      shareAmongLimits(capacity);
    }
    double wait = Double.POSITIVE_INFINITY;
    for (Group group : busy) {
      Job first = group.jobs.peek();
      if (first != null && group.rate > 0) {
        wait = Math.min(wait, Math.max(0, first.finish - group.received) / group.rate);
      }
    }
    if (wait < FAR_NANOS) {
      clock.wakeAt(tick, updatedNanos + (long) Math.ceil(wait - DONE_NANOS));
    } else {
      clock.forget(tick);
    }
  }

  /** Fills the groups with the tightest caps first; what they leave is shared by the rest. */
  private void shareAmongLimits(double capacity) {
    List<Group> open = new ArrayList<>(busy);
    open.sort((a, b) -> Double.compare(a.cap(), b.cap()));
    double left = capacity;
    double threads = admitted + standingDemand;
    for (Group group : open) {
      double share = threads > 0 ? left / threads : 0;
      group.rate = Math.max(0, Math.min(group.cap(), share));
      left -= group.rate * group.jobs.size();
      threads -= group.jobs.size();
    }
  }
}
