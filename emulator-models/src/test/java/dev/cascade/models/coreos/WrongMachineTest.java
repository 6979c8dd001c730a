package dev.cascade.models.coreos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What machines are told of units, machines and commands that they do not have, is refused. */
class WrongMachineTest {
  private static final String GOOD =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: machine}
      spec:
        duration: 10m
        topology:
          - name: core
            model: machine
            replicas: 4
            config:
              cluster: {members: 3}
              docker: {streams: 100}
              units:
                - {name: consul, count: 2, machines: [1, 2], consul: {}}
                - {name: store, machines: [3], registry: {}, settings: {consul: consul, key: a}}
                - {name: app, count: 2, application: {}, from: store, pull: true}
              provision:
                - {machine: 1, after: 1m, commands: [fleetctl start app]}
          - {name: front, model: front-end, config: {etcd: core}}
        method:
          - {name: fix, at: 5m, action: run, target: core, commands: [systemctl restart app-1]}
          - {name: hit, at: 6m, action: crash, target: core-1/docker}
      """;

  private static ScenarioFile read(String text) {
    return new ScenarioReader(ModelCatalog.load())
        .read(new ScenarioSource("s.yaml", text), Overrides.NONE);
  }

  @Test
  void whatIsRightIsRead() {
    assertThat(read(GOOD).scenario().topology()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "systemctl restart app-1 | systemctl restart app-3"
            + " | The command (systemctl restart app-3) is about (app-3), no unit of these machines."
            + " Maybe \"app-1\"?",
        "systemctl restart app-1 | systemctl restart --failed ap1"
            + " | The command (systemctl restart --failed ap1) is about (ap1), the beginning of no"
            + " unit's name.",
        "systemctl restart app-1 | docker ps -a"
            + " | The command (docker ps -a) needs nothing after docker ps.",
        "fleetctl start app | fleetctl start shop"
            + " | The command (fleetctl start shop) is about (shop), the beginning of no unit's name.",
        "cluster: {members: 3} | cores: 4"
            + " | The command (fleetctl start app) needs fleet. Maybe cluster: {}?",
        "fleetctl start app | systemctl start etc | is about (etc), no unit of these machines. Maybe"
            + " \"etcd\"?",
        "{consul: consul, key: a} | {consul: konsul, key: a}"
            + " | The settings of (store) are to come from (konsul), which is no unit with consul."
            + " Maybe \"consul\"?",
        "from: store | from: consul"
            + " | The unit (consul), from which (app) has its image, is no registry.",
        "machines: [1, 2], consul | consul"
            + " | The unit (consul) needs machines, or other servers could not find it.",
        "machines: [3], registry | registry"
            + " | The unit (store) needs machines, or those who pull could not find it.",
        "name: app, count | name: store, count | The name (store) of a unit is there twice.",
        "machines: [1, 2] | machines: [1, 5] | The machine (5) of consul is none of 1 to 4.",
        "machine: 1, after | machine: 0, after | The machine (0) of the provision [fleetctl start app]"
            + " is none of 1 to 4.",
        "members: 3 | members: 5 | The members (5) of etcd are more than the machines (4).",
        "etcd: core | etcd: front"
            + " | The entry (front) has the model (front-end), where only (machine) can be.",
        "streams: 100 | streams: 0 | The streams (0) must be at least 1",
        "core-1/docker | core-1/dokker | The process (dokker) runs on no host of the target."
      })
  void isRefused(String old, String broken, String message) {
    assertThat(GOOD).contains(old);

    assertThatThrownBy(() -> read(GOOD.replace(old, broken)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message)
        .message()
        .matches("(?s)s\\.yaml:[0-9]+:[0-9]+: .*");
  }

  @Test
  void frontEndsNeedEtcd() {
    String without =
        GOOD.replace("cluster: {members: 3}", "cores: 4")
            .replace("fleetctl start app", "systemctl start app-1");

    assertThatThrownBy(() -> read(without))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("The entry (core) runs no etcd. Maybe cluster: {}?");
  }

  @Test
  void aCommandForConsulNeedsConsul() {
    String without =
        GOOD.replace("          - {name: consul, count: 2, machines: [1, 2], consul: {}}\n", "")
            .replace(", settings: {consul: consul, key: a}", "")
            .replace("systemctl restart app-1", "consul kv put a b");

    assertThatThrownBy(() -> read(without))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("The command (consul kv put a b) needs Consul.");
  }
}
