package dev.cascade.models.sparta;

import dev.cascade.models.logs.Log;
import dev.cascade.models.records.Level;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import dev.cascade.node.WorkerPool;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What the threads of one instance do that serve clients. */
final class Handlers implements WorkerPool.Service<WireRequest> {
  private static final List<WorkerPool.Kind> KINDS =
      List.of(
          WorkerPool.Kind.of("open"),
          WorkerPool.Kind.of("resync"),
          WorkerPool.Kind.of("ping"),
          WorkerPool.Kind.of("close"));

  private final SpartaConfig config;
  private final Log log;
  private final ActorRef<WireMessage> allocator;

  private Handlers(
      Env<?> env,
      SpartaConfig config,
      int services,
      List<Address> instances,
      int self,
      String entry) {
    this.config = config;
    this.log = Log.to(env, config.log());
    this.allocator =
        env.spawn("allocator", Allocator.spec(config, services, instances, self, entry, log));
  }

  /** An instance as a process. */
  static ProcessSpec<WireRequest> spec(
      SpartaConfig config, int services, List<Address> instances, int self, String entry) {
    return new WorkerPool<WireRequest>(
            config.handlers(),
            config.queue(),
            new WorkerPool.Names("sparta", "request", List.of("cluster", entry)),
            env -> new Handlers(env, config, services, instances, self, entry))
        .spec();
  }

  @Override
  public List<WorkerPool.Kind> kinds() {
    return KINDS;
  }

  @Override
  public int kindOf(WireRequest request) {
    if (request instanceof Wire.Open) {
      return 0;
    }
    if (request instanceof Wire.Resync) {
      return 1;
    }
    return request instanceof Wire.Ping ? 2 : 3;
  }

  @Override
  public Cost cost(WireRequest request) {
    boolean all = request instanceof Wire.Open || request instanceof Wire.Resync;
    return Cost.work(all ? config.handlerCpu().plus(config.snapshotCpu()) : config.handlerCpu());
  }

  @Override
  public void serve(WireRequest request, WorkerPool.Worker worker) {
    if (request instanceof Wire.FromClient client) {
      ask(client, worker, 0);
    }
  }

  private void ask(Wire.FromClient request, WorkerPool.Worker worker, int turn) {
    allocator.tell(
        new Allocator.Asked(
            request, worker.await(answer -> answer(request, worker, answer, turn))));
  }

  private void answer(
      Wire.FromClient request, WorkerPool.Worker worker, WireMessage answer, int turn) {
    if (!(answer instanceof Allocator.Behind behind)) {
      worker.env().reply(request.replyTo(), answer);
    } else {
      log.write(Level.WARN, "older_than_client", behind.recovery().lines());
      behind
          .recovery()
          .next(turn)
          .ifPresentOrElse(
              cost -> worker.spend(cost, () -> ask(request, worker, turn + 1)),
              () -> worker.env().reply(request.replyTo(), behind.snapshot()));
    }
  }

  @Override
  public void reject(WireRequest request, Env<?> env) {
    env.refuse(request, "busy");
  }
}
