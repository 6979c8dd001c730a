package dev.cascade.models.classifier;

import dev.cascade.models.files.DiskConfig;
import dev.cascade.models.files.FileClient;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.random.RandomStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes of a classifier's entries by the jobs of one program, and how many were lost: each change
 * counts the revision up by one, so that it is behind the changes by those that another overwrote.
 */
public final class Updates {
  /** Texts that are remembered: more than there can be jobs that write at once. */
  private static final int REMEMBERED = 64;

  /** What is measured. */
  public static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "classifier_updates_total",
              "Changes by jobs: done, or failed as the file could not be read.",
              "classifier",
              "result"),
          MetricInfo.gauge(
              "classifier_updates_lost",
              "Changes that were written, and overwritten by one that had not seen them.",
              "classifier"));

  /** What is recorded. */
  public static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo(
              "classifier-unreadable", List.of("bytes"), "What was read of it is no YAML."));

  private final ClassifierConfig config;
  private final Metrics.Counter done;
  private final Metrics.Counter failed;
  private final Metrics.Gauge lost;
  private final ArrayDeque<String> texts = new ArrayDeque<>();
  private long count;

  /**
   * Those of one program.
   *
   * @param installed what the file holds at first
   */
  public Updates(ClassifierConfig config, Env<?> env, String installed) {
    this.config = config;
    texts.add(installed);
    String classifier = env.host().entry();
    Metrics metrics = env.metrics();
    done = metrics.counter("classifier_updates_total", "classifier", classifier, "result", "done");
    failed =
        metrics.counter("classifier_updates_total", "classifier", classifier, "result", "failed");
    lost = metrics.gauge("classifier_updates_lost", "classifier", classifier);
    lost.set(0);
  }

  /**
   * Reads the file, gives one of its nodes another release, and writes it.
   *
   * @param then is run at the end
   */
  public <C> void change(
      Env<C> env,
      DiskConfig disk,
      RandomStream random,
      Function<Runnable, C> later,
      Runnable then) {
    new FileClient<>(env, disk, later)
        .update(
            config.path(),
            config.lockWrites(),
            config.writeBy(),
            text -> changed(env, random, text),
            written -> {
              written.ifPresentOrElse(this::written, failed::increment);
              then.run();
            });
  }

  private Optional<String> changed(Env<?> env, RandomStream random, String old) {
    Optional<Classification> read = Classification.parse(old);
    if (read.isEmpty()) {
      env.event("classifier-unreadable", "bytes", Integer.toString(old.length()));
      return Optional.empty();
    }
    Classification before = read.get();
    List<String> names = List.copyOf(before.nodes().keySet());
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String release = Integer.toString(1000 + random.nextInt(9000));
    String text = before.changed(random.pick(names), release).text();
    texts.addLast(text);
    if (texts.size() > REMEMBERED) {
      texts.removeFirst();
    }
    return Optional.of(text);
  }

  /** Whether that is all of what a job wrote lately, or is about to write. */
  boolean wrote(String text) {
    return texts.contains(text);
  }

  private void written(String text) {
    done.increment();
    count++;
    Classification.parse(text).ifPresent(now -> lost.set((double) (count - now.revision())));
  }
}
