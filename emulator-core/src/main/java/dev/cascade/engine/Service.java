package dev.cascade.engine;

import dev.cascade.node.Cost;
import dev.cascade.time.Event;
import org.jspecify.annotations.Nullable;

/** The head of one mailbox in service: its use of the CPU, and then of time. */
final class Service extends Cpu.Job {
  private static final double NOTHING_LEFT = -1;

  private final ProcessQueue process;
  private final HostRuntime host;
  private final Cpu.Group group;
  private final Event holdOver =
      new Event() {
        @Override
        public void fire() {
          host.enter();
          process.served();
        }
      };
  private @Nullable Bill bill;
  private long workNanos;
  private long holdNanos;
  private double suspendedNanos = NOTHING_LEFT;

  Service(ProcessQueue process, HostRuntime host, Cpu.Group group) {
    this.process = process;
    this.host = host;
    this.group = group;
  }

  /**
   * Begins to serve a message.
   *
   * @param newBill to which its CPU time is charged
   */
  void begin(Cost cost, @Nullable Bill newBill) {
    bill = newBill;
    workNanos = cost.workNanos();
    holdNanos = cost.holdNanos();
    if (cost.workNanos() == 0) {
      done();
    } else {
      host.cpu().start(this, (double) cost.workNanos(), group);
    }
  }

  @Override
  void done() {
    charge(workNanos);
    if (holdNanos > 0) {
      host.shard().schedule(host, holdOver, host.nowNanos() + holdNanos);
    } else {
      process.served();
    }
  }

  /** The thread gets no CPU any more; what it waits for goes on. */
  void suspend() {
    if (isRunning()) {
      suspendedNanos = host.cpu().remove(this);
    }
  }

  /** The thread may go on. */
  void resume() {
    if (suspendedNanos != NOTHING_LEFT) {
      double left = suspendedNanos;
      suspendedNanos = NOTHING_LEFT;
      host.cpu().start(this, left, group);
    }
  }

  /** CPU time that was used and is on no bill yet, in nanoseconds. */
  long usedNanos() {
    if (isRunning()) {
      return workNanos - Math.round(host.cpu().leftNanos(this));
    }
    return suspendedNanos == NOTHING_LEFT ? 0 : workNanos - Math.round(suspendedNanos);
  }

  private void charge(long nanos) {
    if (nanos > 0) {
      host.shard().work().worked(bill, nanos);
    }
    bill = null;
  }

  /** The process is gone: its core is free at once. */
  void cancel() {
    charge(usedNanos());
    host.cpu().remove(this);
    host.shard().cancel(holdOver);
    suspendedNanos = NOTHING_LEFT;
  }
}
