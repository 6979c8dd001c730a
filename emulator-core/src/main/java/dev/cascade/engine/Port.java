package dev.cascade.engine;

import dev.cascade.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where messages leave a host that has something narrow before it: they wait for its interface, and
 * then for their link, which is one queue for each host that it sends to.
 */
final class Port {
  private final HostRuntime host;
  private final Transport transport;
  private final Network network;
  private final Pipe nic;
  private final Map<String, Pipe> links = new LinkedHashMap<>(0); // those in which something waits

  Port(HostRuntime host, double bytesPerSecond) {
    this.host = host;
    this.transport = host.shard().transport();
    this.network = transport.network();
    this.nic = new Pipe(host, bytesPerSecond, this::enterLink);
  }

  /** Sends a message: it crosses its link when all before it have left. */
  void send(Message message) {
    if (!nic.offer(message, network.spec().interfaceBufferBytes())) {
      transport.dropFull(host, message, "interface-full");
    }
  }

  private void enterLink(Message message) {
    String target = message.to().host();
    Pipe link = links.get(target);
    if (link == null) {
      double rate = rateTo(target);
      if (rate == Double.POSITIVE_INFINITY) {
        transport.cross(host, message);
        return;
      }
      link = new Pipe(host, rate, leaving -> leaveLink(target, leaving));
      links.put(target, link);
    }
    if (!link.offer(message, network.spec().interfaceBufferBytes())) {
      transport.dropFull(host, message, "link-full");
    }
  }

  private double rateTo(String target) {
    return network.bytesPerSecond(host.linkEnd(), transport.endOf(target));
  }

  private void leaveLink(String target, Message message) {
    Pipe link = links.get(target);
    if (link != null && link.isEmpty()) {
      links.remove(target);
    }
    transport.cross(host, message);
  }

  /** The interface now sends so many bytes a second. */
  void bandwidth(double bytesPerSecond) {
    nic.rate(bytesPerSecond);
  }

  /** Links are narrower or wider than before. */
  void linksChanged() {
    links.forEach((target, link) -> link.rate(rateTo(target)));
  }

  /** Messages that have not left yet. */
  int size() {
    int count = nic.size();
    for (Pipe link : links.values()) {
      count += link.size();
    }
    return count;
  }

  /**
   * Power is gone.
   *
   * @return how many messages had not left
   */
  int clear() {
    int lost = nic.clear();
    for (Pipe link : links.values()) {
      lost += link.clear();
    }
    links.clear();
    return lost;
  }
}
