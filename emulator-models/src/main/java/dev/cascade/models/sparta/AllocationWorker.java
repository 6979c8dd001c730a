package dev.cascade.models.sparta;

import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A thread that works out new shares from what it was given at its start, which takes long. */
final class AllocationWorker extends AbstractBehavior<AllocationWorker.Job> {
  /**
   * What to work out.
   *
   * @param allocation that it starts from
   * @param changes what comes of it
   */
  record Job(Allocation allocation, List<Wire.Changed> changes) {
    Job {
      changes = List.copyOf(changes);
    }

    /** The version that it starts from. */
    long base() {
      return allocation.version();
    }
  }

  private final Consumer<Job> whenDone;

  private AllocationWorker(Env<Job> env, SpartaConfig config, Consumer<Job> whenDone) {
    super(env.context());
    this.whenDone = whenDone;
    RandomStream time = env.random("work");
    env.costs(job -> Cost.work(config.work().sample(time, config.unit())));
  }

  static ProcessSpec<Job> spec(SpartaConfig config, Consumer<Job> whenDone) {
    return ProcessSpec.of(env -> new AllocationWorker(env, config, whenDone));
  }

  @Override
  public Receive<Job> createReceive() {
    return newReceiveBuilder().onMessage(Job.class, this::onJob).build();
  }

  private Behavior<Job> onJob(Job job) {
    whenDone.accept(job);
    return this;
  }
}
