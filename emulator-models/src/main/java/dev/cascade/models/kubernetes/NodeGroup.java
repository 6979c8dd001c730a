package dev.cascade.models.kubernetes;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;

/**
 * What the autoscaler says to a scaling group, whoever provides it: its cloud provider interface.
 */
public final class NodeGroup {
  /** The model of entries that are such groups. */
  public static final String MODEL = "scaling-group";

  /** A call of a cloud's API, or its answer: a signed HTTP message; a guess. */
  private static final int CALL_BYTES = 1_000;

  private NodeGroup() {}

  /** Asks for a {@link Description}. */
  public record Describe(ReplyTo replyTo) implements WireRequest {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /**
   * A group as it is.
   *
   * @param desired machines that it is to have
   * @param max that it may have
   * @param min that it must have
   * @param cores that pods may request on one of its machines
   * @param instances those that were launched, in the order of their names
   */
  public record Description(int desired, int min, int max, double cores, List<String> instances)
      implements WireMessage {
    @Override
    public int sizeBytes() {
      return CALL_BYTES + 500 * instances.size(); // XML of each instance: a guess
    }
  }

  /** The group is to have so many machines. */
  public record SetDesired(int desired) implements WireMessage {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }

  /** The group is to give this machine back, and to have one less. */
  public record Terminate(String instance) implements WireMessage {
    @Override
    public int sizeBytes() {
      return CALL_BYTES;
    }
  }
}
