package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One file with a mistake of every kind: all are told at once, each once, and nothing else. */
class EverythingWrongTest {
  private static final String FILE =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: wrong}
      spec:
        duratoin: 2m                                   # unknown key
        warmup: often                                  # bad duration
        configuration:
          rate: 20                                     # bad rate
        topologi:                                      # unknown key, of a section to which others refer
          - name: pricing
            model: service
            config: {threads: many, queue: {capacity: 200}}       # wrong type
          - name: edge
            model: balancer
            config:
              upstream: pricing
              healthCheck: {path: /health, interval: 5s, timeout: 6s}   # broken relation
          - name: cache
            model: serivce                             # unknown model
            zones: [c]
            labels: {tier: cache}
            config: {threads: 8}
          - name: second
            model: balancer
            config: {upstream: prcing}                 # reference to nothing
          - name: second                               # duplicate name
            model: balancer
            config: {upstream: pricing}
        links:
          - {from: edge, to: pricing, latency: 0s}     # time must pass between hosts
          - {from: edge, to: zone:c, latency: 1ms}     # right: it is the zone of what was not read
          - {from: edge, to: pricin, latency: 1ms}     # reference to nothing
          - {from: edge, to: cache, latency: 1ms, bandwidth: 1Gbit}   # no bandwidth
        load:
          - {name: users, executor: constant-arrival-rate, target: edge, path: /, rate: $(rate)}
        steadyState:
          probes:
            - {name: calm, expr: rate('lb_health_check_total') < 9}      # unknown metric
        method:
          - {name: cut, at: 30, action: partition, target: {name: edgy}}   # bad duration, nothing
          - {name: mend, at: 60s, action: heal, step: cut}                 # right
          - {name: look, when: event('pod-redy'), action: crash, target: edge}   # unknown event
          - {name: mute, at: 30s, action: crash, target: {labels: {tier: cache}}}   # right
          - {name: boil, at: 30s, action: boil, target: edge}              # unknown action
          - {name: narrow, at: 30s, action: bandwidth, target: edge, direction: to, where: interface, bandwidth: 1Mbit/s}
        properties:
          - name: quiet
            always: gauge('service_threads' < 9        # no CEL
          - name: number
            always: gauge('service_threads')           # wrong type
          - name: hasty
            eventually: gauge('service_thread') < 9    # unknown metric, in what lacks its within
        thresholds:
          http_client_request_duration_seconds: ['p95<0.2']
        measurements:
          checks: rate('lb_health_checks_totals')      # unknown metric
        mitigations:
          - name: calmer
            set: {topology.edge.healthCheck.intervall: 9s}   # unknown key, in a variant alone
        expect:
          base: {quite: holds}                         # reference to nothing
          calmest: {quiet: holds}
      """;

  @Test
  void isToldAtOnceInTheOrderOfTheFile() {
    ScenarioException told =
        catchThrowableOfType(
            ScenarioException.class,
            () ->
                new ScenarioReader(TestModels.CATALOG)
                    .read(new ScenarioSource("f.yaml", FILE), Overrides.NONE));

    assertThat(Arrays.asList(told.getMessage().split("\n")))
        .containsExactly(
            "f.yaml:5:3: The key (duratoin) is unknown. Maybe \"duration\"?",
            "f.yaml:6:11: The duration (often) cannot be read. Maybe 500ms, 2s, 1m30s or 1h?",
            "f.yaml:8:11: The rate (20) has no unit. Maybe 20/s or 20/min? (Used at 35:83.)",
            "f.yaml:9:3: The key (topologi) is unknown. Maybe \"topology\"?",
            "f.yaml:12:25: The value (many) is a text, but a whole number is due.",
            "f.yaml:17:61: The timeout (6s) must be shorter than the interval (5s). Maybe raise the interval?",
            "f.yaml:19:14: The model (serivce) is unknown. Maybe \"service\"?",
            "f.yaml:25:26: The name (prcing) is no entry of the topology. Maybe \"pricing\"?",
            "f.yaml:26:13: The name (second) is taken by another entry or load. Maybe number them?",
            "f.yaml:30:42: The latency (0s at the least, less 0s of jitter) must be longer than zero: between hosts time passes. Maybe set latencyMin: 50us?",
            "f.yaml:32:24: The place (pricin) is no entry of the topology, no host and no zone. Maybe \"pricing\"?",
            "f.yaml:33:56: The bandwidth (1Gbit) must end in /s. Maybe 1Gbit/s or 125MB/s?",
            "f.yaml:38:33: There is no metric (lb_health_check_total). Maybe \"lb_health_checks_total\"?",
            "f.yaml:40:23: The duration (30) has no unit. Maybe 30ms or 30s?",
            "f.yaml:40:61: The target (edgy) is no entry of the topology and no host. Maybe \"edge\"?",
            "f.yaml:42:32: There is no event (pod-redy). Maybe \"pod-ready\"?",
            "f.yaml:44:37: The action (boil) is no fault, and the model (balancer) offers none of that name.",
            "f.yaml:45:75: The direction (to) narrows the interfaces of those who send to the target, but does not say who they are. Maybe name them as against?",
            "f.yaml:48:42: This is no CEL: missing ')' at '<EOF>'.",
            "f.yaml:50:15: A property is true or false; this is a number. Maybe compare it: … < 0.01.",
            "f.yaml:52:19: Property hasty: eventually needs within, the time it may take. Maybe within: 60s, or sometimes instead of eventually.",
            "f.yaml:52:25: There is no metric (service_thread). Maybe \"service_threads\"?",
            "f.yaml:54:44: The threshold (p95<0.2) cannot be read. Maybe p(95)<500ms, avg<0.1 or rate<1%?",
            "f.yaml:56:18: There is no metric (lb_health_checks_totals). Maybe \"lb_health_checks_total\"?",
            "f.yaml:59:13: The key (intervall) is unknown. Maybe \"interval\"?",
            "f.yaml:61:12: The property (quite) does not exist. Maybe \"quiet\"?",
            "f.yaml:62:5: The mitigation (calmest) does not exist. Maybe \"calmer\"?");
  }
}
