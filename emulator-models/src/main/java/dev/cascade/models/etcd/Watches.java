package dev.cascade.models.etcd;

import dev.cascade.node.Env;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Clients that wait for a change, each over its open connection. */
final class Watches {
  /** One has waited as long as its client asked for. */
  record WaitOver(long watch) implements WireMessage {}

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final int capacity;

  private final TreeMap<Long, EtcdCall.Watch> open = new TreeMap<>();
  private long lastNumber;

  Watches(Env<WireMessage> env, TimerScheduler<WireMessage> timers, int capacity) {
    this.env = env;
    this.timers = timers;
    this.capacity = capacity;
  }

  int size() {
    return open.size();
  }

  /** Answers at once if there is something to tell; tells whether the watch was taken. */
  boolean take(EtcdCall.Watch watch, EtcdStore store) {
    EtcdReply now = store.changeAfter(watch.afterIndex(), watch.key());
    if (now != null) {
      env.reply(watch.replyTo(), now);
    } else if (open.size() >= capacity) {
      env.refuse(watch, "too-many-watches");
      return false;
    } else {
      long number = ++lastNumber;
      open.put(number, watch);
      timers.startSingleTimer(
          new WaitOver(number), new WaitOver(number), Duration.ofNanos(watch.waitNanos()));
    }
    return true;
  }

  /** Answers those who wait for this key. */
  void tell(EtcdStore.Change change) {
    for (Map.Entry<Long, EtcdCall.Watch> entry : new TreeMap<>(open).entrySet()) {
      if (change.key().startsWith(entry.getValue().key())) {
        end(entry.getKey(), new EtcdReply.Changed(change.index(), change.key(), change.action()));
      }
    }
  }

  void over(WaitOver over, long index) {
    end(over.watch(), new EtcdReply.NothingChanged(index));
  }

  private void end(long number, EtcdReply answer) {
    EtcdCall.@Nullable Watch watch = open.remove(number);
    if (watch != null) {
      timers.cancel(new WaitOver(number));
      env.reply(watch.replyTo(), answer);
    }
  }
}
