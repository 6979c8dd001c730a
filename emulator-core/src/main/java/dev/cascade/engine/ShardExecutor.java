package dev.cascade.engine;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Hands what Pekko wants to run to the shard, which decides when. Named in the configuration. */
public final class ShardExecutor extends ExecutorServiceConfigurator {
  private final Shard shard;

  /** Called by Pekko. */
  public ShardExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.shard = shardOf(prerequisites);
  }

  /** Finds the shard of an actor system, and tells its scheduler too. */
  static Shard shardOf(DispatcherPrerequisites prerequisites) {
    Shard shard =
        prerequisites
            .settings()
            .setup()
            .get(ShardSetup.class)
            .orElseThrow(
                () -> new IllegalStateException("This dispatcher needs a ShardSetup; see Engine."))
            .shard();
    if (prerequisites.scheduler() instanceof ShardScheduler scheduler) {
      scheduler.bind(shard);
    }
    return shard;
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> new Executor(shard);
  }

  private static final class Executor extends AbstractExecutorService {
    private final Shard shard;
    private boolean stopped;

    Executor(Shard shard) {
      this.shard = shard;
    }

    @Override
    public void execute(Runnable runnable) {
      shard.execute(runnable);
    }

    @Override
    public void shutdown() {
      stopped = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      stopped = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return stopped;
    }

    @Override
    public boolean isTerminated() {
      return stopped;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return stopped;
    }
  }
}
