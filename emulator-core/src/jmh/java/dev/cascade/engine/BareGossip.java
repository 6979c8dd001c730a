package dev.cascade.engine;

import dev.cascade.network.Fate;
import dev.cascade.network.LinkEnd;
import dev.cascade.network.Network;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.HostInfo;
import dev.cascade.random.Hash64;
import dev.cascade.random.RandomStream;
import dev.cascade.time.Event;
import dev.cascade.time.EventQueue;

/**
 * The bare loop: the same rumours, the same event queue, the same fate on the same network, the
 * same work in the handler; but a host is an object, and a message calls it.
 */
final class BareGossip {
  private final EventQueue queue = new EventQueue();
  private final Network network = new Network(NetworkPlan.uniform(GossipWorld.LINK));
  private final Node[] nodes;
  private long nowNanos;
  private long handled;

  BareGossip(int hosts) {
    nodes = new Node[hosts];
    for (int i = 0; i < hosts; i++) {
      nodes[i] = new Node("node-" + (i + 1));
    }
    for (Node node : nodes) {
      node.send(node.random.nextLong());
    }
  }

  long run(long untilNanos) {
    while (queue.nextTimeNanos() < untilNanos) {
      Event event = queue.poll();
      nowNanos = event.timeNanos();
      event.fire();
    }
    return handled;
  }

  private final class Node {
    private final long key;
    private final LinkEnd end;
    private final RandomStream random;
    private final RandomStream networkRandom;
    private final GossipTable table = new GossipTable();
    private long sequence;

    Node(String name) {
      key = Hash64.of(name);
      end = network.end(new HostInfo(name, "", "node", "host"));
      random = RandomStream.of(GossipWorld.SEED).fork(name);
      networkRandom = random.fork("network");
    }

    void send(long value) {
      Node target = nodes[random.nextInt(nodes.length)];
      Fate fate = network.decide(end, target.end, networkRandom);
      if (fate.kind() == Fate.Kind.DELIVERED) {
        Rumour rumour = new Rumour(target, value);
        long at = nowNanos + fate.delayNanos();
        long tie = Hash64.mix(GossipWorld.SEED ^ at ^ Long.rotateLeft(key, 32));
        rumour.key(at, tie, key, sequence++);
        queue.add(rumour);
      }
    }
  }

  private final class Rumour extends Event {
    private final Node to;
    private final long value;

    Rumour(Node to, long value) {
      this.to = to;
      this.value = value;
    }

    @Override
    public void fire() {
      handled++;
      to.send(to.table.merge(value));
    }
  }
}
