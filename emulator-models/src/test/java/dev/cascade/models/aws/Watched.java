package dev.cascade.models.aws;

import dev.cascade.engine.Entry;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Targets that write down who asked them when, and a hand that registers them. */
final class Watched {
  /** One request as its receiver saw it. */
  record Arrival(long timeNanos, String client, String target, String path) {}

  final List<Arrival> arrivals = new ArrayList<>();

  /** Hosts {@code target-1} … that answer 200 at these processes while they are well. */
  Entry targets(int count, List<String> processes, Predicate<String> isWell) {
    return Entry.of(
        "target",
        count,
        placement -> {
          placement.template(
              "target",
              HostSpec.cores(1),
              boot -> processes.forEach(process -> boot.start(process, target(isWell))));
          placement.replicas("target");
        });
  }

  private ProcessSpec<HttpRequest> target(Predicate<String> isWell) {
    return ProcessSpec.of(
        env ->
            Behaviors.receiveMessage(
                request -> {
                  arrivals.add(
                      new Arrival(
                          env.nowNanos(),
                          request.replyTo().client().host(),
                          env.self().toString(),
                          request.path()));
                  boolean well = isWell.test(env.host().name());
                  env.reply(request.replyTo(), new HttpResponse(well ? 200 : 500));
                  return Behaviors.same();
                }));
  }

  /** Registers hosts {@code target-1} … with a load balancer. */
  static Entry registrar(String loadBalancer, int count) {
    return Entry.of(
        "registrar",
        1,
        placement -> {
          placement.template(
              "registrar",
              HostSpec.cores(1),
              boot -> boot.start("main", registrar(count, loadBalancer)));
          placement.replicas("registrar");
        });
  }

  private static ProcessSpec<Outcome> registrar(int count, String loadBalancer) {
    return ProcessSpec.of(
        env -> {
          for (int i = 1; i <= count; i++) {
            String host = "target-" + i;
            env.request(
                LoadBalancerModel.control(loadBalancer),
                connection -> new LoadBalancerControl.RegisterTarget(host, connection),
                Duration.ofSeconds(5),
                outcome -> outcome);
          }
          return Behaviors.ignore();
        });
  }

  /** Arrivals of a path in an interval of time. */
  List<Arrival> between(Duration from, Duration to, String path) {
    return arrivals.stream()
        .filter(a -> a.timeNanos() >= from.toNanos() && a.timeNanos() < to.toNanos())
        .filter(a -> a.path().equals(path))
        .toList();
  }
}
