package dev.cascade.engine;

import dev.cascade.random.Hash64;
import org.apache.pekko.actor.AutoReceivedMessage;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.internal.AdaptMessage;
import org.apache.pekko.actor.typed.internal.AdaptWithRegisteredMessageAdapter;
import org.apache.pekko.actor.typed.internal.TimerSchedulerImpl;

/** What a mailbox sees of a message's type, under the wrappings in which Pekko may bring it. */
final class MessageType {
  private static final String LAMBDA = "$$Lambda"; // what follows differs from JVM to JVM

  private static final ClassValue<MessageType> TYPES =
      new ClassValue<>() {
        @Override
        protected MessageType computeValue(Class<?> type) {
          return new MessageType(type);
        }
      };

  private final Class<?> type;
  private final String name;
  private final long hash;

  private MessageType(Class<?> type) {
    this.type = type;
    String full = type.getName();
    int lambda = full.indexOf(LAMBDA);
    String stable = lambda < 0 ? full : full.substring(0, lambda);
    this.name = stable.substring(Math.max(stable.lastIndexOf('.'), stable.lastIndexOf('$')) + 1);
    this.hash = Hash64.of(stable);
  }

  /** The type of a payload as a mailbox got it. */
  static MessageType of(Object payload) {
    return TYPES.get(unwrap(payload).getClass());
  }

  /** Whether a payload is of this very type, and came without a wrapping. */
  boolean isOf(Object payload) {
    return payload.getClass() == type;
  }

  /** The simple name of a payload's type. */
  static String nameOf(Object payload) {
    return of(payload).name;
  }

  /** The simple name. */
  String name() {
    return name;
  }

  /** The same in every JVM. */
  long hash() {
    return hash;
  }

  /**
   * What was meant by a message of Pekko's own: a timer's key (which is the message itself for
   * timers started without a key), or what an adapter will adapt.
   */
  static Object unwrap(Object payload) {
    if (payload instanceof TimerSchedulerImpl.TimerMsg timer) {
      return timer.key();
    }
    if (payload instanceof AdaptMessage<?, ?> adapt) {
      return adapt.message();
    }
    if (payload instanceof AdaptWithRegisteredMessageAdapter<?> adapt) {
      return adapt.msg();
    }
    return payload;
  }

  /** Whether Pekko brings a payload in a wrapping of its own. */
  static boolean isWrapped(Object payload) {
    return unwrap(payload) != payload;
  }

  /** Whether a payload is death watch or supervision, without which actors hang: never dropped. */
  static boolean isSignal(Object payload) {
    return payload instanceof AutoReceivedMessage || payload instanceof Signal;
  }
}
