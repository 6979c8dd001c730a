package dev.cascade.engine;

import dev.cascade.node.Overflow;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a mailbox does with one message more than it has places for. Under {@link Overflow#BLOCK}
 * the message waits outside and holds its sender, which takes no messages until there is room. The
 * line outside has a structural bound: a sender is held from its first message in it, so that only
 * what the turns of one loopback latency had sent before can follow.
 */
final class FullMailbox {
  private final Shard shard;
  private final ProcessQueue mailbox;
  private final Overflow rule;
  private final ArrayDeque<Message> outside = new ArrayDeque<>(1);

  FullMailbox(Shard shard, ProcessQueue mailbox, Overflow rule) {
    this.shard = shard;
    this.mailbox = mailbox;
    this.rule = rule;
  }

  /** Does with a message what the rule says; the mailbox is full. */
  void meet(Message message) {
    switch (rule) {
      case DROP_NEWEST -> drop(message);
      case DROP_OLDEST -> {
        Message oldest = mailbox.pollOldestDroppable();
        if (oldest == null) {
          drop(message);
        } else {
          drop(oldest);
          mailbox.admit(message);
        }
      }
      case REFUSE -> {
        shard.ledger().drop(mailbox, message, "refused");
        shard.transport().refused(message);
      }
      case BLOCK -> {
        ProcessQueue sender = shard.localSender(message, mailbox.host());
        if (sender == null || sender == mailbox) {
          drop(message);
        } else {
          mailbox.takeUpConnection(message); // its client hears if the mailbox dies
          message.blockedSender = sender;
          outside.add(message);
          sender.block();
        }
      }
    }
  }

  private void drop(Message message) {
    HostRuntime host = mailbox.host();
    if (host != null && message.connection != null) {
      host.connections().release(mailbox, message.connection);
    }
    shard.ledger().drop(mailbox, message, "full");
    shard.transport().unanswered(message);
  }

  /** Lets in who waits outside, as far as there is room. */
  void admit() {
    while (!mailbox.isFull() && !outside.isEmpty()) {
      Message message = outside.remove();
      mailbox.admit(message);
      release(message);
    }
  }

  /** The mailbox is gone: takes a message that waited outside, and lets its sender go on. */
  @Nullable Message poll() {
    Message message = outside.poll();
    if (message != null) {
      release(message);
    }
    return message;
  }

  private static void release(Message message) {
    ProcessQueue sender = message.blockedSender;
    message.blockedSender = null;
    if (sender != null) {
      sender.unblock();
    }
  }

  int waitingOutside() {
    return outside.size();
  }
}
