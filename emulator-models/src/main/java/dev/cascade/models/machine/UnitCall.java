package dev.cascade.models.machine;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/**
 * What programs and people ask of the init system of their machine, over D-Bus or systemctl: at the
 * process {@link #PROCESS} of the same host.
 */
public interface UnitCall extends WireRequest {
  /** The process that answers. */
  String PROCESS = "systemd";

  /** The unit that it is about; empty if it is about all. */
  String unit();

  @Override
  default String subject() {
    return unit();
  }

  /** Start it, unless it runs; answered at once. */
  record StartUnit(String unit, ReplyTo replyTo) implements UnitCall {}

  /** Stop it: it stays inactive, whatever its Restart says; answered at once. */
  record StopUnit(String unit, ReplyTo replyTo) implements UnitCall {}

  /** Which units are loaded, and how are they? */
  record ListUnits(ReplyTo replyTo) implements UnitCall {
    @Override
    public String unit() {
      return "";
    }
  }
}
