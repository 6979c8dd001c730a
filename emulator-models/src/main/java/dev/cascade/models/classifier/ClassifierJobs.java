package dev.cascade.models.classifier;

import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** The program that has the jobs of one host. */
final class ClassifierJobs extends AbstractBehavior<ClassifierJobs.Command> {
  /** It is told nothing: its children do all the work. */
  interface Command {}

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "classifier_reads_total",
              "Readings: whole, unparsable, harmless (a part that moves nothing), harmful.",
              "classifier",
              "result"));

  private final String service;
  private final List<String> serving;
  private final Updates updates;
  private final Map<Verdict, Metrics.Counter> reads = new EnumMap<>(Verdict.class);

  private ClassifierJobs(Env<Command> env, ClassifierHostConfig config, Classification whole) {
    super(env.context());
    this.service = config.service();
    this.serving = whole.candidates(service);
    for (Verdict verdict : Verdict.values()) {
      reads.put(
          verdict,
          env.metrics()
              .counter(
                  "classifier_reads_total",
                  "classifier",
                  env.host().entry(),
                  "result",
                  verdict.label()));
    }
    updates = new Updates(config.file(), env, whole.text());
    for (int i = 1; i <= config.file().writers(); i++) {
      env.spawn("writer-" + i, UpdateJob.spec(config.file(), config.disk(), updates, change -> {}));
    }
    for (int i = 1; i <= config.readers(); i++) {
      env.spawn(
          "reader-" + i,
          ReadJob.spec(config.file(), config.disk(), config.readEvery(), this::judge));
    }
  }

  static ProcessSpec<Command> spec(ClassifierHostConfig config, Classification whole) {
    return ProcessSpec.of(env -> new ClassifierJobs(env, config, whole));
  }

  private void judge(Optional<String> text) {
    Verdict verdict = Verdict.of(text, text.filter(updates::wrote).isPresent(), service, serving);
    Objects.requireNonNull(reads.get(verdict)).increment();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().build();
  }
}
