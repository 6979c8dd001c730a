package dev.cascade.models.ingestion;

import dev.cascade.node.WireMessage;

/**
 * A batch of measurements over UDP: nobody answers.
 *
 * @param path the protocol, as that of a request
 * @param bytes of the payload
 */
public record Datagram(String path, int bytes) implements WireMessage {
  private static final int HEADER_BYTES = 28; // IPv4 and UDP

  @Override
  public int sizeBytes() {
    return HEADER_BYTES + bytes;
  }

  @Override
  public String subject() {
    return path;
  }
}
