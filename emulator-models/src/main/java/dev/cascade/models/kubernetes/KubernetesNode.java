package dev.cascade.models.kubernetes;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostSpec;
import java.time.Duration;
import java.util.List;

/** How a machine joins a cluster, whoever provides the machine. */
public final class KubernetesNode {
  /** What the names of its pods' processes begin with. */
  public static final String POD = Kubelet.process("");

  private KubernetesNode() {}

  /** The process that takes connections at a port of each node. */
  public static String port(int number) {
    return KubeProxy.PROCESS + "/" + number;
  }

  /** The machine. */
  public static HostSpec host(NodeConfig config) {
    return HostSpec.cores(config.cores());
  }

  /**
   * Starts what makes a machine a node. Those that are there from the start have registered long
   * ago; one that was launched takes its time.
   *
   * @param cluster the entry of the topology that it joins
   */
  public static void boot(Boot boot, NodeConfig config, String cluster) {
    List<Address> control = boot.addresses(cluster);
    if (control.isEmpty()) {
      throw new IllegalStateException(
          "The cluster (" + cluster + ") has no API server. Maybe it is no kubernetes entry?");
    }
    Address apiServer = control.get(0);
    Duration registerAfter = boot.arguments().isEmpty() ? Duration.ZERO : config.registerAfter();
    boot.start(Kubelet.PROCESS, Kubelet.spec(config, apiServer, registerAfter));
    boot.start(KubeProxy.PROCESS, KubeProxy.spec(config, apiServer));
  }
}
