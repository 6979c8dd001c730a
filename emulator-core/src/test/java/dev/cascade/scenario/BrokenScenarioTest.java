package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row breaks a good scenario in one way, and says what its author is told, and where. */
class BrokenScenarioTest {
  private static final String GOOD =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata:
        name: small
      spec:
        duration: 2m
        warmup: 10s
        configuration:
          rate: 20/s
        topology:
          - name: pricing
            model: service
            replicas: 3
            zones: [a, b]
            config:
              threads: 8
              queue: {capacity: 200}
              endpoints: []
          - name: edge
            model: balancer
            config:
              upstream: pricing
              healthCheck: {path: /health, interval: 5s}
        links:
          - {from: edge, to: pricing, latency: 1ms, jitter: 200us}
        load:
          - name: shoppers
            executor: constant-arrival-rate
            target: edge
            path: /price
            rate: $(rate)
        steadyState:
          probes:
            - name: calm
              expr: rate('lb_health_checks_total', '10s') < 9
        method:
          - name: slow
            at: 30s
            action: latency
            target: edge
            latency: 20ms
        properties:
          - name: quiet
            always: gauge('service_threads') < 9
        thresholds:
          http_client_request_duration_seconds: ['p(95)<0.2']
        measurements:
          checks: rate('lb_health_checks_total', '60s')
        mitigations:
          - name: calmer
            set: {topology.edge.healthCheck.interval: 9s}
        expect:
          base: {quiet: holds}
      """;

  /** A row: what is replaced by what, and the messages without the file's name. */
  record Row(String old, String broken, List<String> messages) {
    static Row of(String old, String broken, String... messages) {
      return new Row(old, broken, List.of(messages));
    }

    @Override
    public String toString() {
      return broken.strip().lines().findFirst().orElse("");
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
            keys(),
            typesAndUnits(),
            timeOnTheWay(),
            names(),
            steps(),
            expressions(),
            configurationAndOverlays(),
            expectations(),
            timelines(),
            yamlItself())
        .flatMap(rows -> rows);
  }

  private static Row timeline(String entries, String... messages) {
    return Row.of("  measurements:\n", "  timeline:\n" + entries + "  measurements:\n", messages);
  }

  private static Stream<Row> timelines() {
    return Stream.of(
        timeline(
            """
                - {name: cut, clock: "9:00", given: event('slow')}
            """,
            "48:26: The clock (9:00) is no time of day and no time after the first entry. Maybe \"09:54\", \"12:43:08.850\" or +5m."),
        timeline(
            """
                - {name: cut, clock: "09:00", emergent: event('slow')}
            """,
            "48:45: The first entry (cut) is where the two clocks meet, so that it must be given. Maybe begin with the trigger?"),
        timeline(
            """
                - {name: cut, clock: "09:00", given: event('slow')}
                - {name: effect, clock: "09:01", follows: cat, emergent: event('slow')}
            """,
            "49:47: No entry before this one is called (cat). Maybe \"cut\"?"),
        timeline(
            """
                - {name: quiet, clock: "09:00", given: event('slow')}
                - {name: effect, clock: "09:01", emergent: event('slow')}
            """,
            "48:14: The name (quiet) is taken by a property, and expect could mean either. Maybe rename one?"),
        timeline(
            """
                - {name: cut, clock: "09:00", given: event('slow')}
                - {name: operators, clock: "09:01", given: event('slow')}
                - {name: effect, clock: "09:01", emergent: event('slow')}
            """,
            "48:5: warning: Only 1 of the timeline's 3 entries are emergent: most of it is set by the method. Maybe look for what follows from it?"),
        timeline(
            """
                - {name: cut, clock: "09:00", given: event('slow')}
                - {name: effect, clock: "09:01", for: 1m, emergent: event('slow')}
            """,
            "49:57: An event lasts no time. Maybe drop for."),
        timeline(
            """
                - {name: cut, clock: "09:00", given: event('slow'), emergent: event('slow')}
            """,
            "48:42: Entry cut: it needs either given, what the method sets, or emergent, what must follow. Maybe emergent: event('…')."),
        timeline(
            """
                - {name: cut, clock: "09:00", given: event('slow')}
                - {name: effect, clock: "09:31", emergent: event('slow')}
            """,
            "49:29: warning: The clock (09:31) is 31m after the first entry, and the run lasts 2m."));
  }

  private static Stream<Row> keys() {
    return Stream.of(
        Row.of(
            "replicas: 3", "replcas: 3", "13:7: The key (replcas) is unknown. Maybe \"replicas\"?"),
        Row.of(
            "duration: 2m",
            "durations: 2m",
            "6:3: The key (durations) is unknown. Maybe \"duration\"?"),
        Row.of(
            "topology:", "topologi:", "10:3: The key (topologi) is unknown. Maybe \"topology\"?"),
        Row.of("kind: Scenario", "kind: Scenaro", "2:7: The kind (Scenaro) must be Scenario."),
        Row.of(
            "apiVersion: cascade/v1alpha1\n",
            "",
            "1:1: The apiVersion (missing) must be cascade/v1alpha1."),
        Row.of("metadata:\n  name: small\n", "", "1:1: The key (metadata) must hold a mapping."),
        Row.of(
            "metadata:\n  name: small",
            "metadata:\n  nane: small",
            "4:3: The key (nane) is unknown. Maybe \"name\"?"),
        Row.of("threads: 8", "thread: 8", "16:9: The key (thread) is unknown. Maybe \"threads\"?"),
        Row.of(
            "queue: {capacity: 200}",
            "queue: {capacity: 200, disciplin: lifo}",
            "17:32: The key (disciplin) is unknown. Maybe \"discipline\"?"),
        Row.of(
            "executor: constant-arrival-rate",
            "executer: constant-arrival-rate",
            "28:7: The key (executer) is unknown. Maybe \"executor\"?"),
        Row.of(
            "jitter: 200us",
            "jiter: 200us",
            "25:47: The key (jiter) is unknown. Maybe \"jitter\"?"),
        Row.of(
            "kind: Scenario",
            "kind: Scenario\nspecs: {}",
            "3:1: The key (specs) is unknown. Maybe \"spec\"?"),
        Row.of(
            "latency: 20ms",
            "latenzy: 20ms",
            "41:7: The key (latenzy) is unknown. Maybe \"latency\"?"),
        Row.of(
            "always: gauge('service_threads') < 9",
            "alway: gauge('service_threads') < 9",
            "44:7: The key (alway) is unknown. Maybe \"always\"?"),
        Row.of(
            "replicas: 3",
            "replicas: 3\n      replicas: 4",
            "14:7: The key (replicas) is there already, in line 13. Maybe remove one?"),
        Row.of(
            "replicas: 3",
            "yes: 3",
            "13:7: The key (yes) is a truth value to many YAML readers. Maybe quote it, or choose another name?"),
        Row.of(
            "replicas: 3",
            "on: 3",
            "13:7: The key (on) is a truth value to many YAML readers. Maybe quote it, or choose another name?"),
        Row.of(
            "replicas: 3",
            "<<: {replicas: 3}",
            "13:7: Merge keys (<<) are not supported. Maybe use a configuration entry and $(name)?"),
        Row.of(
            "queue: {capacity: 200}",
            "queue: {? [a] : 1, capacity: 200}",
            "17:19: A key must be a text, not a list or mapping."));
  }

  private static Stream<Row> typesAndUnits() {
    return Stream.of(
        Row.of(
            "threads: 8",
            "threads: many",
            "16:18: The value (many) is a text, but a whole number is due."),
        Row.of(
            "threads: 8",
            "threads: 8.5",
            "16:18: The value (8.5) is a number, but a whole number is due."),
        Row.of("threads: 8", "threads: [8]", "16:18: This is a list, but a whole number is due."),
        Row.of(
            "threads: 8",
            "threads: 99999999999",
            "16:18: The number (99999999999) must lie between -2147483648 and 2147483647."),
        Row.of(
            "threads: 8",
            "threads:",
            "16:17: The key (threads) is missing; a whole number is due."),
        Row.of("threads: 8", "threads: 0", "16:18: The threads (0) must be at least one. Maybe 8?"),
        Row.of("endpoints: []", "endpoints: {}", "18:20: This is a mapping, but a list is due."),
        Row.of("zones: [a, b]", "zones: a", "14:14: The value (a) is a text, but a list is due."),
        Row.of(
            "zones: [a, b]", "zones: [a, {b: c}]", "14:18: This is a mapping, but a text is due."),
        Row.of(
            "queue: {capacity: 200}",
            "queue: 200",
            "17:16: The value (200) is a number, but a mapping is due. Maybe {capacity: 200}?"),
        Row.of(
            "duration: 2m",
            "duration: 120",
            "6:13: The duration (120) has no unit. Maybe 120ms or 120s?"),
        Row.of(
            "duration: 2m",
            "duration: 2 minutes",
            "6:13: The duration (2 minutes) cannot be read. Maybe 500ms, 2s, 1m30s or 1h?"),
        Row.of("duration: 2m", "duration: 0s", "6:13: The duration (0s) must be longer than zero."),
        Row.of(
            "duration: 2m",
            "duration: 999999999h",
            "6:13: The duration (999999999h) is longer than 292 years, the most that can be counted."),
        Row.of(
            "warmup: 10s",
            "warmup: 3m",
            "7:11: The warmup (3m) must be shorter than the duration (2m) of the run. Maybe shorten the warmup?"),
        Row.of(
            "rate: 20/s",
            "rate: 20",
            "9:11: The rate (20) has no unit. Maybe 20/s or 20/min? (Used at 31:13.)"),
        Row.of(
            "rate: 20/s",
            "rate: often",
            "9:11: The rate (often) cannot be read. Maybe 300/s, 20/min or 5/h? (Used at 31:13.)"),
        Row.of(
            "jitter: 200us",
            "jitter: 200us, loss: 5",
            "25:68: The ratio (5.0) must lie between 0 and 1. Maybe write it with a %?"),
        Row.of(
            "jitter: 200us",
            "jitter: 200us, loss: 0.5.1",
            "25:68: The ratio (0.5.1) cannot be read. Maybe 5% or 0.05?"),
        Row.of(
            "jitter: 200us",
            "jitter: 200us, bandwidth: 1GB",
            "25:73: The bandwidth (1GB) must end in /s. Maybe 1Gbit/s or 125MB/s?"),
        Row.of(
            "jitter: 200us",
            "jitter: 200us, oneWay: yes",
            "25:70: The value (yes) is a text, but true or false is due. Maybe true?"),
        Row.of(
            "jitter: 200us",
            "jitter: 200us, latencyMin: 2ms",
            "25:74: The latencyMin (2ms) must not exceed the mean latency (1ms). Maybe raise the latency?"),
        Row.of(
            "latency: 1ms, jitter: 200us",
            "latency: {distribution: uniforn, min: 1ms, max: 2ms}",
            "25:57: The distribution (uniforn) is unknown. Maybe \"uniform\"?"),
        Row.of(
            "latency: 1ms, jitter: 200us",
            "latency: {min: 1ms, max: 2ms}",
            "25:42: The key (distribution) is missing. Maybe one of: constant, exponential, hdr-log, histogram, lognormal, mixture, uniform?"),
        Row.of(
            "latency: 1ms, jitter: 200us",
            "latency: {distribution: uniform, min: 3ms, max: 2ms}",
            "25:81: The max (2ms) must not be shorter than the min (3ms)."),
        Row.of(
            "executor: constant-arrival-rate",
            "executor: constant-arival-rate",
            "28:17: The word (constant-arival-rate) is unknown. Maybe \"constant-arrival-rate\"?"),
        Row.of(
            "interval: 5s",
            "interval: 500ms",
            "23:48: The timeout (1s) must be shorter than the interval (500ms). Maybe raise the interval?"),
        Row.of(
            "duration: 2m",
            "duration: 2m\n  seed: x",
            "7:9: The value (x) is a text, but a whole number is due."),
        Row.of(
            "duration: 2m",
            "duration: 2m\n  sampling: 1h",
            "7:13: The sampling (1h) must be longer than zero and at most the duration (2m). Maybe 1s?"));
  }

  private static Stream<Row> timeOnTheWay() {
    return Stream.of(
        Row.of(
            "latency: 1ms, jitter: 200us",
            "latency: 0s",
            "25:42: The latency (0s at the least, less 0s of jitter) must be longer than zero: between hosts time passes. Maybe set latencyMin: 50us?"),
        Row.of(
            "latency: 1ms, jitter: 200us",
            "latency: 1ms, jitter: 1ms",
            "25:42: The latency (1ms at the least, less 1ms of jitter) must be longer than zero: between hosts time passes. Maybe set latencyMin: 50us?"),
        Row.of(
            "latency: 1ms, jitter: 200us",
            "latency: {distribution: exponential, mean: 1ms}",
            "25:42: The latency (0s at the least, less 0s of jitter) must be longer than zero: between hosts time passes. Maybe set latencyMin: 50us?"),
        Row.of(
            "warmup: 10s",
            "network: {default: {latency: 0s}}",
            "7:32: The latency (0s at the least, less 0s of jitter) must be longer than zero: between hosts time passes. Maybe set latencyMin: 50us?"),
        Row.of(
            "warmup: 10s",
            "network: {synRetransmits: [1s, 1s]}",
            "7:29: The synRetransmits (1s after 1s) must grow: each counts from the first SYN. Maybe [1s, 3s, 7s]?"));
  }

  private static Stream<Row> names() {
    return Stream.of(
        Row.of(
            "name: edge",
            "name: pricing",
            "19:13: The name (pricing) is taken by another entry or load. Maybe number them?",
            "25:14: The place (edge) is no entry of the topology, no host and no zone. Maybe one of: pricing, shoppers, zone:a, zone:b?",
            "29:15: The name (edge) is no entry of the topology. Maybe one of: pricing, shoppers?",
            "40:15: The target (edge) is no entry of the topology and no host. Maybe one of: pricing, shoppers?",
            "51:13: The path (topology.edge.healthCheck.interval) leads nowhere: no item is called (edge). Maybe one of: pricing?"),
        Row.of(
            "name: shoppers",
            "name: edge",
            "27:13: The name (edge) is taken by another entry or load. Maybe number them?"),
        Row.of(
            "name: edge",
            "name: Edge",
            "19:13: The name (Edge) may hold only a-z, 0-9 and, inside, '-': hosts are named after it.",
            "25:14: The place (edge) is no entry of the topology, no host and no zone. Maybe \"Edge\"?",
            "29:15: The name (edge) is no entry of the topology. Maybe \"Edge\"?",
            "40:15: The target (edge) is no entry of the topology and no host. Maybe \"Edge\"?",
            "51:13: The path (topology.edge.healthCheck.interval) leads nowhere: no item is called (edge). Maybe \"Edge\"?"),
        Row.of(
            "model: balancer",
            "model: balencer",
            "20:14: The model (balencer) is unknown. Maybe \"balancer\"?"),
        Row.of(
            "upstream: pricing",
            "upstream: prcing",
            "22:19: The name (prcing) is no entry of the topology. Maybe \"pricing\"?"),
        Row.of(
            "target: edge\n      path",
            "target: egde\n      path",
            "29:15: The name (egde) is no entry of the topology. Maybe \"edge\"?"),
        Row.of(
            "to: pricing",
            "to: pricin",
            "25:24: The place (pricin) is no entry of the topology, no host and no zone. Maybe \"pricing\"?"),
        Row.of(
            "to: pricing", "to: zone:c", "25:24: The zone (c) has no hosts. Maybe one of: a, b?"),
        Row.of(
            "model: service",
            "model: balancer",
            "16:9: The key (threads) is unknown. Maybe one of: healthCheck, policy, retries, timeout, upstream?",
            "16:9: The key (upstream) is missing; a text is due.",
            "17:9: The key (queue) is unknown. Maybe one of: healthCheck, policy, retries, timeout, upstream?",
            "18:9: The key (endpoints) is unknown. Maybe one of: healthCheck, policy, retries, timeout, upstream?",
            "44:21: There is no metric (service_threads). Maybe one of: http_client_request_duration_seconds, http_client_requests_failed, http_client_requests_total, lb_health_checks_total, lb_healthy_endpoints?"),
        Row.of(
            "name: small",
            "name: a/b",
            "4:9: The name (a/b) must be 1 to 100 of a-z, A-Z, 0-9 and, inside, '.', '_', '-': it names a folder."));
  }

  private static Stream<Row> steps() {
    return Stream.of(
        Row.of(
            "action: latency",
            "action: latenzy",
            "39:15: The action (latenzy) is no fault, and the model (balancer) offers none of that name. Maybe \"latency\"?"),
        Row.of(
            "action: latency",
            "action: scael",
            "39:15: The action (scael) is no fault, and the model (balancer) offers none of that name. Maybe \"scale\"?"),
        Row.of(
            "action: latency\n      target: edge\n      latency: 20ms",
            "action: scael\n      target: nowhere",
            "39:15: The action (scael) is no fault, and (nowhere) is no entry of the topology."),
        Row.of(
            "action: latency\n      target: edge\n      latency: 20ms",
            "action: scale\n      target: edge\n      replicas: -1",
            "41:17: The replicas (-1) cannot be negative."),
        Row.of(
            "action: latency\n      target: edge\n      latency: 20ms",
            "action: scale\n      replicas: 4",
            "39:15: The action (scale) is no fault, and without a target it is no model's action."),
        Row.of(
            "action: latency\n      target: edge",
            "action: latency\n      target: edgy",
            "40:15: The target (edgy) is no entry of the topology and no host. Maybe \"edge\"?"),
        Row.of(
            "action: latency\n      target: edge",
            "action: latency\n      target: {name: edge, mode: fixed}",
            "40:34: The mode (fixed) needs a value. Maybe value: 1?"),
        Row.of(
            "action: latency\n      target: edge",
            "action: latency\n      target: {name: edge, zones: [z]}",
            "40:36: The zone (z) has no hosts. Maybe one of: a, b?"),
        Row.of(
            "action: latency\n      target: edge",
            "action: latency\n      target: {labels: {tier: web}}",
            "40:31: No entry has the label (tier: web)."),
        Row.of(
            "action: latency\n      target: edge",
            "action: latency\n      target: edge/proxy",
            "40:15: The target (edge/proxy) names a process, but this fault strikes whole hosts. Maybe \"edge\"?"),
        Row.of(
            "action: latency\n      target: edge\n      latency: 20ms",
            "action: heal\n      step: slo",
            "40:13: The step (slo) is no partition of the method."),
        Row.of(
            "action: latency\n      target: edge\n      latency: 20ms",
            "action: cpu\n      target: edge",
            "37:7: A cpu fault takes either cores or percent, and has neither. Maybe cores: 2?"),
        Row.of(
            "action: latency\n      target: edge\n      latency: 20ms",
            "action: clock\n      target: edge\n      offset: 5",
            "41:15: The duration (5) has no unit. Maybe 5ms or 5s?"),
        Row.of(
            "at: 30s",
            "at: 30s\n      when: event('slow')",
            "38:11: A step needs either at or when, not both. Maybe at: 1m?"),
        Row.of("at: 30s", "after: 30s", "37:7: A step needs either at or when. Maybe at: 1m?"),
        Row.of(
            "at: 30s",
            "at: 3m",
            "38:11: warning: The step (slow) at (3m) comes after the end of the run (2m)."),
        Row.of(
            "at: 30s",
            "when: event('pod-redy')",
            "38:19: There is no event (pod-redy). Maybe \"pod-ready\"?"));
  }

  private static Stream<Row> expressions() {
    return Stream.of(
        Row.of(
            "gauge('service_threads') < 9",
            "gauge('service_thread') < 9",
            "44:21: There is no metric (service_thread). Maybe \"service_threads\"?"),
        Row.of(
            "gauge('service_threads') < 9",
            "\"gauge('service_threads') <\"",
            "44:42: This is no CEL: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}."),
        Row.of(
            "gauge('service_threads') < 9",
            "gauge('service_threads') + 1",
            "44:15: A property is true or false; this is a number. Maybe compare it: … < 0.01."),
        Row.of(
            "gauge('service_threads') < 9",
            "'gauge(''service_threads'') < gauge(''x'')'",
            "44:51: There is no metric (x). Maybe one of: http_client_request_duration_seconds, http_client_requests_failed, http_client_requests_total, lb_health_checks_total, lb_healthy_endpoints, service_threads, service_threads_busy?"),
        Row.of(
            "gauge('service_threads') < 9",
            "gauge('service_threads') < 9\n      within: 5s",
            "45:15: Property quiet: within needs eventually, or always or never with when. Maybe when: event('…')."),
        Row.of(
            "gauge('service_threads') < 9",
            "|\n        gauge('service_threads')\n        < 'a'",
            "44:15: < takes (number, number), not (number, text)."),
        Row.of(
            "expr: rate('lb_health_checks_total', '10s') < 9",
            "expr: rate('lb_health_check_total', '10s') < 9",
            "35:20: There is no metric (lb_health_check_total). Maybe \"lb_health_checks_total\"?"),
        Row.of(
            "checks: rate('lb_health_checks_total', '60s')",
            "checks: rate('lb_health_checks_total', '60s') > 1",
            "48:13: A measurement is a number; this is true or false. Maybe drop the comparison."),
        Row.of(
            "checks: rate('lb_health_checks_total', '60s')",
            "checks: [1]",
            "48:13: This is a list, but an expression is due."),
        Row.of(
            "http_client_request_duration_seconds:",
            "http_client_request_durations_seconds:",
            "46:5: There is no metric (http_client_request_durations_seconds). Maybe \"http_client_request_duration_seconds\"?"),
        Row.of(
            "['p(95)<0.2']",
            "['p95<0.2']",
            "46:44: The threshold (p95<0.2) cannot be read. Maybe p(95)<500ms, avg<0.1 or rate<1%?"),
        Row.of(
            "['p(95)<0.2']",
            "['rate<0.2']",
            "46:43: The threshold's rate needs a counter, and the metric (http_client_request_duration_seconds) is a histogram. Maybe p(95), avg or count?"),
        Row.of(
            "['p(95)<0.2']",
            "'p(95)<0.2'",
            "46:43: This is a text, but a list of thresholds is due. Maybe ['p(95)<500ms']?"),
        Row.of(
            "['p(95)<0.2']",
            "[{threshold: p(95)<0.2, abortOnFail: true}]",
            "46:44: warning: The abortOnFail (true) has no effect: a run goes to its end."),
        Row.of(
            "always: gauge('service_threads') < 9",
            "always: rate('lb_health_checks_total') >= 0",
            "44:15: warning: The property (quiet) cannot be violated: (rate('lb_health_checks_total') >= 0) is true whatever is measured."),
        Row.of(
            "always: gauge('service_threads') < 9",
            "never: rate('lb_health_checks_total') > -1",
            "44:14: warning: The property (quiet) can only be violated: (rate('lb_health_checks_total') > -1) is true whatever is measured."),
        Row.of(
            "['p(95)<0.2']",
            "['p(95)>=0']",
            "46:43: warning: The property (http_client_request_duration_seconds) cannot be violated: (seconds() < 119.5 || (quantile(0.95, 'http_client_request_duration_seconds') >= 0.0)) is true whatever is measured."));
  }

  private static Stream<Row> configurationAndOverlays() {
    return Stream.of(
        Row.of(
            "rate: $(rate)",
            "rate: $(rat)",
            "31:13: The configuration (rat) does not exist. Maybe \"rate\"?"),
        Row.of(
            "rate: $(rate)",
            "rate: ${rate}",
            "31:13: The reference (${rate}) has the wrong brackets. Maybe $(rate)?"),
        Row.of(
            "{capacity: 200}",
            "{capacity: ${rate}}",
            "17:28: This is no YAML (expected ',' or '}', but got { while parsing a flow mapping). Maybe write $(name): a brace begins a mapping."),
        Row.of(
            "rate: 20/s",
            "rate: 20",
            "9:11: The rate (20) has no unit. Maybe 20/s or 20/min? (Used at 31:13.)"),
        Row.of(
            "rate: 20/s",
            "rate: $(rate)",
            "9:5: The configuration goes round in a circle (rate -> rate)."),
        Row.of(
            "rate: 20/s",
            "rate: 20/s\n    ratio: 3",
            "10:5: warning: The configuration (ratio) is used nowhere. Maybe write $(ratio) where it belongs?"),
        Row.of(
            "path: /price",
            "path: /$(rate)/x$(ration)",
            "30:23: The configuration (ration) does not exist. Maybe \"rate\"?"),
        Row.of(
            "rate: 20/s",
            "rate: [20/s]\n    path: /$(rate)",
            "9:11: This is a list, but a rate such as 300/s is due. (Used at 32:13.)",
            "10:12: The configuration (rate) is a list, which cannot be pasted into a text."),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "topology.egde.healthCheck.interval: 9s",
            "51:13: The path (topology.egde.healthCheck.interval) leads nowhere: no item is called (egde). Maybe \"edge\"?"),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "topology.edge.healthCheck.intervall: 9s",
            "51:13: The key (intervall) is unknown. Maybe \"interval\"?"),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "topology.edge.healthCheck.interval: 9",
            "51:49: The duration (9) has no unit. Maybe 9ms or 9s?"),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "configuration.rats: 9/s",
            "51:13: The path (configuration.rats) leads nowhere: the configuration has no entry (rats). Maybe \"rate\"?"),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "topology.edge.retries: 9",
            "51:36: The value (9) is a number, but a mapping is due. Maybe {max: 9}?"),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "topology.edge.healthCheck: 9s", // a path is missing as well
            "51:40: The value (9s) is a text, but a mapping is due."),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "toplogy.edge.replicas: 9",
            "51:13: The path (toplogy.edge.replicas) leads nowhere: there is no toplogy. Maybe \"topology\"?"),
        Row.of(
            "topology.edge.healthCheck.interval: 9s",
            "topology.edge.healthCheck.interval.min: 9s",
            "51:13: The path (topology.edge.healthCheck.interval.min) leads nowhere: (interval) is a value (5s)."),
        Row.of(
            "    - name: calmer",
            "    - name: calmest\n      combine: [calmer, calm]\n    - name: calmer",
            "51:25: The mitigation (calm) does not exist. Maybe \"calmer\"?"),
        Row.of(
            "    - name: calmer",
            "    - name: a\n      combine: [b]\n    - name: b\n      combine: [a]\n    - name: calmer",
            "51:17: The mitigation (b) combines itself through (a).",
            "53:17: The mitigation (a) combines itself through (b)."),
        Row.of(
            "    - name: calmer",
            "    - name: calmer\n    - name: calmer",
            "51:13: The name (calmer) is taken by another mitigation."));
  }

  private static Stream<Row> expectations() {
    return Stream.of(
        Row.of(
            "base: {quiet: holds}",
            "bases: {quiet: holds}",
            "53:5: The mitigation (bases) does not exist. Maybe \"base\"?"),
        Row.of(
            "base: {quiet: holds}",
            "base: {quite: holds}",
            "53:12: The property (quite) does not exist. Maybe \"quiet\"?"),
        Row.of(
            "base: {quiet: holds}",
            "base: {quiet: hold}",
            "53:19: An expectation is holds, violated, any, unknown or {violatedIn: [0.8, 1]}, not (hold). Maybe \"holds\"?"),
        Row.of(
            "base: {quiet: holds}",
            "base: {quiet: {violatedIn: [0.9, 0.1]}}",
            "53:32: violatedIn ([0.9, 0.1]) must be two numbers from 0 to 1, the lesser first. Maybe [0.8, 1]."),
        Row.of(
            "base: {quiet: holds}",
            "calmer: holds",
            "53:13: This is a text, but a mapping of properties is due."));
  }

  private static Stream<Row> yamlItself() {
    return Stream.of(
        Row.of(
            "  warmup: 10s", "\twarmup: 10s", "7:1: A tab cannot indent YAML. Maybe use spaces?"),
        Row.of(
            "spec:",
            "spec",
            "6:11: This is no YAML (could not find expected ':' while scanning a simple key)."),
        Row.of(
            "quiet: holds}",
            "quiet: holds",
            "54:1: This is no YAML (expected ',' or '}', but got <stream end> while parsing a flow mapping). Maybe quote the text, or give each key a line of its own?"),
        Row.of(
            "path: /price",
            "path: a: b",
            "30:14: This is no YAML (mapping values are not allowed here). Maybe quote the text that has a colon in it?"),
        Row.of(
            "path: /price",
            "path: !!java.net.URL [x]",
            "30:13: This is no YAML (Global tag is not allowed: tag:yaml.org,2002:java.net.URL)."),
        Row.of(
            "path: /price",
            "path: !secret x",
            "30:13: The tag (!secret) is not allowed. Maybe leave it out?"),
        Row.of(
            "path: /price",
            "path: *nobody",
            "30:13: This is no YAML (found undefined alias nobody)."),
        Row.of(
            "path: /price",
            "path: \"\\q\"",
            "30:15: This is no YAML (found unknown escape character q(113) while scanning a double-quoted scalar)."),
        Row.of(
            "path: /price",
            "path: a\u0007b",
            "30:14: The character (U+0007) is not allowed in YAML."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyMistakeIsToldWhereItIs(Row row) {
    assertThat(GOOD).as("the row replaces something").contains(row.old());

    assertThat(problems(GOOD.replace(row.old(), row.broken())))
        .containsExactlyElementsOf(row.messages());
  }

  private static List<String> problems(String text) {
    List<String> messages = new ArrayList<>();
    try {
      ScenarioFile file =
          new ScenarioReader(TestModels.CATALOG)
              .read(new ScenarioSource("f.yaml", text), Overrides.NONE);
      file.warnings().forEach(warning -> messages.add(warning.toString()));
    } catch (ScenarioException invalid) {
      messages.addAll(Arrays.asList(invalid.getMessage().split("\n")));
    }
    return messages.stream().map(message -> message.replaceFirst("^f.yaml:", "")).toList();
  }

  @Test
  void goodScenarioHasNoProblem() {
    assertThat(problems(GOOD)).isEmpty();
  }
}
