package dev.cascade.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Reference;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * A planted race: tellers read a ledger's balance and write back one more. Each begins a gap later
 * than the one before, so that an update is lost only if messages are slow.
 */
public final class LedgerModel implements Model<LedgerModel.Config> {
  /**
   * A ledger, or tellers.
   *
   * @param ledger the entry that tellers write to; null for the ledger itself
   * @param at when the first teller begins
   * @param gap by how much later each other one does
   */
  public record Config(
      @Nullable String ledger,
      @JsonProperty(defaultValue = "2s") Duration at,
      @JsonProperty(defaultValue = "20ms") Duration gap) {}

  sealed interface Talk extends WireMessage {}

  record Begin() implements Talk {}

  record Read(Address from) implements Talk {}

  record Balance(long value) implements Talk {}

  record Write(Address from, long read, long value) implements Talk {}

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public String summary() {
    return "Loses updates.";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public void place(Placement<Config> placement) {
    Config config = placement.config();
    placement.template(
        "host",
        HostSpec.cores(1),
        boot ->
            boot.start(
                "main",
                config.ledger() == null
                    ? ProcessSpec.<Talk>of(LedgerModel::ledger)
                    : ProcessSpec.<Talk>of(env -> teller(env, boot, config))));
    placement.serves("host", "main");
    placement.replicas("host");
  }

  private static Behavior<Talk> ledger(Env<Talk> env) {
    long[] value = {0};
    return Behaviors.receive(Talk.class)
        .onMessage(
            Read.class,
            read -> {
              env.send(read.from(), new Balance(value[0]));
              return Behaviors.same();
            })
        .onMessage(
            Write.class,
            write -> {
              if (write.read() != value[0]) {
                env.event("update-lost", "by", write.from().host());
              }
              value[0] = write.value();
              env.metrics().gauge("ledger_balance").set(value[0]);
              return Behaviors.same();
            })
        .build();
  }

  private static Behavior<Talk> teller(Env<Talk> env, Boot boot, Config config) {
    Address ledger = boot.addresses(String.valueOf(config.ledger())).get(0);
    int number = Integer.parseInt(env.host().name().replaceFirst(".*-", ""));
    Duration begin = config.at().plus(config.gap().multipliedBy(number - 1L));
    return Behaviors.withTimers(
        timers -> {
          timers.startSingleTimer(new Begin(), begin);
          return Behaviors.receive(Talk.class)
              .onMessage(
                  Begin.class,
                  start -> {
                    env.send(ledger, new Read(env.self()));
                    return Behaviors.same();
                  })
              .onMessage(
                  Balance.class,
                  balance -> {
                    env.send(ledger, new Write(env.self(), balance.value(), balance.value() + 1));
                    return Behaviors.same();
                  })
              .build();
        });
  }

  @Override
  public List<Reference> references(Config config) {
    return config.ledger() == null ? List.of() : List.of(Reference.to(config.ledger()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(MetricInfo.gauge("ledger_balance", "What the ledger says."));
  }

  @Override
  public List<EventInfo> events() {
    return List.of(
        new EventInfo("update-lost", List.of("by"), "A write was made on an old balance."));
  }
}
