package dev.cascade.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Calls commands in this JVM and keeps what they say. */
final class Cli {
  private final Path folder;

  Cli(Path folder) {
    this.folder = folder;
  }

  /**
   * What a command did.
   *
   * @param code its exit code
   * @param out what it printed as result
   * @param err what it said beside
   */
  record Said(int code, String out, String err) {}

  Said call(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CascadeMain.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Said(code, out.toString(), err.toString());
  }

  /** A command that keeps runs in the folder. */
  Said keeping(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--out");
    all.add(runs().toString());
    return call(all.toArray(String[]::new));
  }

  Path runs() {
    return folder.resolve("runs");
  }

  /** A scenario file of this text. */
  String file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** One worker, users at a rate, a crash in the middle. */
  String queue() {
    return file("queue.yaml", QUEUE);
  }

  static final String QUEUE =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: queue}
      spec:
        seed: 42
        duration: 60s
        warmup: 5s
        configuration: {rate: 5/s}
        topology:
          - name: shop
            model: service
            config:
              threads: 1
              queue: {capacity: 100}
              endpoints:
                - {name: buy, path: /buy, cpu: {distribution: exponential, mean: 100ms}}
        load:
          - {name: users, executor: constant-arrival-rate, target: shop, path: /buy, rate: $(rate), timeout: 10s}
        method:
          - {name: power-cut, at: 20s, action: crash, target: shop, duration: 5s}
        properties:
          - name: quick
            always: quantile(0.95, 'http_client_request_duration_seconds', '5s') < 3
        measurements:
          p50_seconds: quantile(0.5, 'http_client_request_duration_seconds')
        mitigations:
          - {name: no-cut, set: {method.power-cut.enabled: false}}
        expect:
          base: {quick: violated}
          no-cut: {quick: holds}
      """;
}
