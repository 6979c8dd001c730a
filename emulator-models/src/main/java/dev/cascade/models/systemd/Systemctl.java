package dev.cascade.models.systemd;

import dev.cascade.models.machine.UnitCall;
import dev.cascade.node.ReplyTo;

/** What people ask of systemd beside what programs do. */
public sealed interface Systemctl extends UnitCall {
  /** Stop it, and start it when it has stopped. */
  record RestartUnit(String unit, ReplyTo replyTo) implements Systemctl {}

  /** Forget that it has failed, and how often it was started. */
  record ResetFailed(String unit, ReplyTo replyTo) implements Systemctl {}
}
