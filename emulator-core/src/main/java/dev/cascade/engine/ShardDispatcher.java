package dev.cascade.engine;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.Cell;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.apache.pekko.dispatch.BoundedMailbox;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.sysmsg.Failed;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

/**
 * An ordinary Pekko dispatcher, one message a run, but for its mailboxes: they belong to the shard,
 * and ask for a run only when a message has been served. Named in the configuration.
 */
public final class ShardDispatcher extends MessageDispatcherConfigurator {
  private final MessageDispatcher instance;

  /** Called by Pekko. */
  public ShardDispatcher(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.instance =
        new Instance(this, config.getString("id"), ShardExecutor.shardOf(prerequisites));
  }

  @Override
  public MessageDispatcher dispatcher() {
    return instance;
  }

  private static final class Instance extends Dispatcher {
    private final Shard shard;

    Instance(ShardDispatcher configurator, String id, Shard shard) {
      super(
          configurator,
          id,
          1,
          Duration.Zero(),
          configurator.configureExecutor(),
          FiniteDuration.apply(1, "second"));
      this.shard = shard;
    }

    @Override
    public Mailbox createMailbox(Cell actor, MailboxType type) {
      ProcessQueue queue =
          shard
              .machines()
              .createQueue(
                  queueOf(actor.parent()),
                  actor.self().path().name(),
                  type instanceof BoundedMailbox bounded ? bounded.capacity() : 0);
      Mailbox mailbox = super.createMailbox(actor, (owner, system) -> queue);
      queue.bind(mailbox);
      return mailbox;
    }

    @Override
    public void dispatch(ActorCell receiver, Envelope envelope) {
      Mailbox mailbox = receiver.mailbox();
      if (mailbox.messageQueue() instanceof ProcessQueue queue) {
        queue.enqueue(receiver.self(), envelope);
      } else {
        shard.ledger().deadLetter(envelope.message());
        mailbox.enqueue(receiver.self(), envelope);
      }
    }

    @Override
    public void systemDispatch(ActorCell receiver, SystemMessage message) {
      if (receiver.mailbox().messageQueue() instanceof ProcessQueue queue) {
        shard.guard().checkSystemContact(queue, message);
      }
      if (message instanceof Failed failed && !isPlanned(failed.cause())) {
        shard.guard().unplanned(queueOf(failed.child()), failed.cause());
      }
      super.systemDispatch(receiver, message);
    }

    private static boolean isPlanned(Throwable cause) {
      return cause instanceof ActorAdapter.TypedActorFailedException;
    }

    private static @Nullable ProcessQueue queueOf(@Nullable Object reference) {
      return reference instanceof ActorRefWithCell ref
              && ref.underlying() instanceof ActorCell cell
              && cell.mailbox() != null
              && cell.mailbox().messageQueue() instanceof ProcessQueue queue
          ? queue
          : null;
    }
  }
}
