package dev.cascade.models.systemd;

import dev.cascade.models.machine.UnitCall;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.ArrayDeque;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A listening socket that systemd holds: what comes goes on to the unit's process, or waits in the
 * backlog while that is started for it.
 */
final class Socket extends AbstractBehavior<WireMessage> {
  /** Connections that wait: SOMAXCONN, systemd's Backlog=. */
  static final int BACKLOG = 128;

  private final Env<WireMessage> env;
  private final String unit;
  private final String process;
  private final ArrayDeque<WireRequest> backlog = new ArrayDeque<>();

  private Socket(Env<WireMessage> env, String unit, String process) {
    super(env.context());
    this.env = env;
    this.unit = unit;
    this.process = process;
  }

  static ProcessSpec<WireMessage> spec(UnitFile unit) {
    return ProcessSpec.of(env -> new Socket(env, unit.name(), unit.process()));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wire.Activated.class, this::onActivated)
        .onMessage(WireRequest.class, this::onConnection)
        .build();
  }

  private Behavior<WireMessage> onConnection(WireRequest request) {
    if (backlog.isEmpty() && env.control().isRunning(process)) {
      env.forward(server(), request);
    } else if (backlog.size() >= BACKLOG) {
      env.refuse(request, "backlog");
    } else {
      backlog.addLast(request);
      if (backlog.size() == 1) {
        env.send(systemd(), new Wire.Activate(unit));
      }
    }
    return this;
  }

  private Behavior<WireMessage> onActivated(Wire.Activated activated) {
    while (!backlog.isEmpty()) {
      if (activated.runs()) {
        env.forward(server(), backlog.removeFirst());
      } else {
        env.refuse(backlog.removeFirst(), "unit failed");
      }
    }
    return this;
  }

  private Address server() {
    return Address.of(env.host().name(), process);
  }

  private Address systemd() {
    return Address.of(env.host().name(), UnitCall.PROCESS);
  }
}
