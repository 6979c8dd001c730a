package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Operation;
import dev.cascade.node.Placement;
import dev.cascade.node.Rate;
import dev.cascade.node.Reference;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Doubles of the models that the example scenario names: configuration, actions, metrics. */
final class TestModels {
  static final ModelCatalog CATALOG =
      ModelCatalog.of(List.of(new Service(), new Balancer(), new Load()));

  private TestModels() {}

  enum Discipline {
    FIFO,
    LIFO
  }

  record Queue(int capacity, @JsonProperty(defaultValue = "fifo") Discipline discipline) {}

  record Endpoint(
      String name,
      String path,
      @JsonProperty(defaultValue = "0s") Duration cpu,
      @JsonProperty(defaultValue = "0s") DurationDistribution hold,
      @Nullable Integer maxConcurrency) {}

  record ServiceConfig(
      @JsonPropertyDescription("Worker threads.") int threads,
      Queue queue,
      List<Endpoint> endpoints) {
    ServiceConfig {
      if (threads < 1) {
        throw new IllegalArgumentException(
            "The threads (" + threads + ") must be at least one. Maybe 8?");
      }
    }
  }

  static final class Service implements Model<ServiceConfig> {
    @Override
    public String name() {
      return "service";
    }

    @Override
    public String summary() {
      return "Answers requests.";
    }

    @Override
    public Class<ServiceConfig> configType() {
      return ServiceConfig.class;
    }

    @Override
    public void place(Placement<ServiceConfig> placement) {
      placement.template("server", HostSpec.cores(1), boot -> {});
      placement.replicas("server");
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of(
          MetricInfo.gauge("service_threads_busy", "Busy.", "path"),
          MetricInfo.gauge("service_threads", "All."));
    }

    @Override
    public List<EventInfo> events() {
      return List.of(new EventInfo("pod-ready", List.of("pod"), "A pod is ready."));
    }
  }

  enum RetryOn {
    TIMEOUT,
    CONNECT_FAILURE
  }

  record Retries(int max, List<RetryOn> retryOn) {}

  record HealthCheck(
      String path,
      Duration interval,
      @JsonProperty(defaultValue = "1s") Duration timeout,
      @JsonProperty(defaultValue = "3") int unhealthyThreshold,
      @JsonProperty(defaultValue = "2") int healthyThreshold,
      @JsonProperty(defaultValue = "0") double panicThreshold,
      @Nullable Integer checkers) {
    HealthCheck {
      if (timeout.compareTo(interval) >= 0) {
        throw new IllegalArgumentException(
            "The timeout ("
                + timeout
                + ") must be shorter than the interval ("
                + interval
                + "). Maybe raise the interval?");
      }
    }
  }

  record BalancerConfig(
      String upstream,
      @JsonProperty(defaultValue = "round-robin") String policy,
      @JsonProperty(defaultValue = "1s") Duration timeout,
      @Nullable Retries retries,
      @Nullable HealthCheck healthCheck) {}

  record ScaleTo(int replicas, @JsonProperty(defaultValue = "0s") Duration over) {
    ScaleTo {
      if (replicas < 0) {
        throw new IllegalArgumentException("The replicas (" + replicas + ") cannot be negative.");
      }
    }
  }

  static final class Scale implements Action<BalancerConfig, ScaleTo> {
    @Override
    public String name() {
      return "scale";
    }

    @Override
    public String summary() {
      return "Adds or removes hosts.";
    }

    @Override
    public Class<ScaleTo> parameters() {
      return ScaleTo.class;
    }

    @Override
    public void perform(Operation<BalancerConfig> operation, ScaleTo parameters) {}
  }

  static final class Balancer implements Model<BalancerConfig> {
    @Override
    public String name() {
      return "balancer";
    }

    @Override
    public String summary() {
      return "Spreads requests.";
    }

    @Override
    public Class<BalancerConfig> configType() {
      return BalancerConfig.class;
    }

    @Override
    public void place(Placement<BalancerConfig> placement) {
      placement.template("proxy", HostSpec.cores(1), boot -> {});
      placement.replicas("proxy");
    }

    @Override
    public List<Reference> references(BalancerConfig config) {
      return List.of(Reference.to(config.upstream()));
    }

    @Override
    public List<Action<BalancerConfig, ?>> actions() {
      return List.of(new Scale());
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of(
          MetricInfo.gauge("lb_healthy_endpoints", "Healthy.", "upstream"),
          MetricInfo.counter("lb_health_checks_total", "Probes."));
    }
  }

  enum Executor {
    CONSTANT_ARRIVAL_RATE,
    CONSTANT_VUS
  }

  record LoadConfig(Executor executor, String target, String path, Rate rate) {}

  static final class Load implements Model<LoadConfig> {
    @Override
    public String name() {
      return "load";
    }

    @Override
    public String summary() {
      return "Asks.";
    }

    @Override
    public Class<LoadConfig> configType() {
      return LoadConfig.class;
    }

    @Override
    public void place(Placement<LoadConfig> placement) {
      placement.template("client", HostSpec.cores(1), boot -> {});
      placement.replicas("client");
    }

    @Override
    public List<Reference> references(LoadConfig config) {
      return List.of(Reference.to(config.target()));
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of(
          MetricInfo.counter("http_client_requests_total", "Requests.", "outcome"),
          MetricInfo.counter("http_client_requests_failed", "Failures."),
          MetricInfo.histogram("http_client_request_duration_seconds", "Durations."));
    }
  }
}
