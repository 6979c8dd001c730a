package dev.cascade.engine;

import dev.cascade.node.Cost;
import dev.cascade.time.Event;

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
  private long holdNanos;
  private double suspendedNanos = NOTHING_LEFT;

  Service(ProcessQueue process, HostRuntime host, Cpu.Group group) {
    this.process = process;
    this.host = host;
    this.group = group;
  }

  void begin(Cost cost) {
    holdNanos = cost.holdNanos();
    if (cost.workNanos() == 0) {
      done();
    } else {
      host.cpu().start(this, (double) cost.workNanos(), group);
    }
  }

  @Override
  void done() {
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

  /** The process is gone: its core is free at once. */
  void cancel() {
    host.cpu().remove(this);
    host.shard().cancel(holdOver);
    suspendedNanos = NOTHING_LEFT;
  }
}
