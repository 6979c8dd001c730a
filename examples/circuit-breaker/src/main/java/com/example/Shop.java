package com.example;

import dev.cascade.node.Cost;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A shop that takes 10 ms of CPU for an order: 100 orders a second, and 50 may wait. */
public final class Shop {
  public record Order(ReplyTo replyTo) implements WireRequest {}

  public record Receipt() implements WireMessage {}

  private Shop() {}

  public static ProcessSpec<Order> server() {
    return ProcessSpec.<Order>of(
            env ->
                Behaviors.receiveMessage(
                    order -> {
                      env.reply(order.replyTo(), new Receipt());
                      return Behaviors.same();
                    }))
        .mailbox(50, Overflow.DROP_NEWEST)
        .cost(order -> Cost.work(Duration.ofMillis(10)));
  }
}
