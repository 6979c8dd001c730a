package dev.cascade.models.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shipped scenario broken in one way is refused when it is loaded, with place and advice. */
class WrongScenarioTest {
  private static final Path SCENARIOS = Path.of("..", "config", "scenarios");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "healthcheck-storm | deployment: shop | deployment: shopp"
            + " | The deployment (shopp) does not exist. Maybe \"shop\"?",
        "healthcheck-storm | target: {name: cluster} | target: {name: cluster-control}"
            + " | The action (scale) needs an entry of the topology as target, not",
        "healthcheck-storm | cluster: cluster | cluster: alb-cart"
            + " | The entry (alb-cart) has the model (load-balancer), where only (kubernetes) can"
            + " be. Maybe cluster?",
        "healthcheck-storm | group: workers | group: alb-cart"
            + " | The entry (alb-cart) has the model (load-balancer), where only (scaling-group)",
        "healthcheck-storm | loadBalancers: [alb-cart, | loadBalancers: [cluster,"
            + " | The entry (cluster) has the model (kubernetes), where only (load-balancer) can",
        "healthcheck-storm | process: kube-proxy/30080 | process: kube-proxy/3008"
            + " | The process (kube-proxy/3008) of the target group (http) is no nodePort of"
            + " (cluster). Maybe",
        "healthcheck-storm | /cart: cart | /cart: carte"
            + " | The route of ingress to (carte) leads to no deployment. Maybe \"cart\"?",
        "healthcheck-storm | nodes: 0 | nodes: 200"
            + " | The max (100) is too small: cluster must have nodesMin (200) nodes",
        "healthcheck-storm | autoscaler: {group | autoscaler: {interval: 0s, group"
            + " | The interval (0s) must be longer than zero. Maybe 1s?",
        "healthcheck-storm | {path: /ready} | {path: /ready, timeout: 0s, period: 0s}"
            + " | The period (0s) must be longer than zero. Maybe 1s?",
        "healthcheck-storm | targetsMax: $(nodes) | resync: 0s"
            + " | The resync (0s) must be longer than zero. Maybe 1s?",
        "healthcheck-storm | autoscaler: {group"
            + " | control: {schedulerInterval: 0s}\\n        autoscaler: {group"
            + " | The schedulerInterval (0s) must be longer than zero. Maybe 1s?",
        "retry-storm | target: server/server | target: server/srv"
            + " | The process (srv) runs on no host of the target. Maybe \"server\"?",
        "retry-storm | target: server, | target: users,"
            + " | The target (users) answers no requests for paths. Maybe server?",
        "retry-storm | path: /, rate | path: /page, rate"
            + " | The path (/page) is no endpoint of (server).",
        "healthcheck-storm | target: alb-cart, path: /cart | target: alb-cart, path: /carte"
            + " | The path (/carte) is no endpoint of (alb-cart). Maybe \"/cart\"?",
        "healthcheck-storm | target: alb-cart, path: /cart | target: cluster, path: /cart"
            + " | The target (cluster) answers no requests for paths. Maybe one of alb-billing,",
        "healthcheck-storm | target: alb-cart, path: /cart | target: workers, path: /cart"
            + " | The target (workers) answers no requests for paths.",
        "healthcheck-storm | - name: zone-a-fails"
            + " | - {name: grow, at: 1m, action: resize, target: workers, desired: 101}"
            + "\\n    - name: zone-a-fails"
            + " | The desired (101) must lie between the min (4) and the max (100) of the group."
            + " Maybe raise the max?",
        "three-services | path: /orders, timeout: 10s | path: /order, timeout: 10s"
            + " | The path (/order) is no endpoint of (orders). Maybe \"/orders\"?",
        "three-services | target: database, path: /query | target: users, path: /query"
            + " | The target (users) answers no requests for paths. Maybe one of database,",
        "gray-replica | target: shop, | target: proxy,"
            + " | The target (proxy) is the balancer itself. Maybe the service behind it?",
        "retry-storm | model: service | model: service\\n      replicas: 0"
            + " | The target (server) serves nowhere. Maybe it has no replicas"
      })
  void isRefused(String scenario, String old, String broken, String message) throws IOException {
    String good = Files.readString(SCENARIOS.resolve(scenario + ".yaml"));
    String wrong = broken.replace("\\n", "\n");
    assertThat(good).contains(old);

    assertThatThrownBy(() -> read(good.replace(old, wrong)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message)
        .message()
        .matches("(?s)s\\.yaml:[0-9]+:[0-9]+: .*");
  }

  private static void read(String text) {
    new ScenarioReader(ModelCatalog.load())
        .read(new ScenarioSource("s.yaml", text), Overrides.NONE);
  }
}
