package com.example;

import static dev.cascade.testkit.EmulationAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.Address;
import dev.cascade.property.PropertySpec;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import dev.cascade.testkit.Processes;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A shop stops for ten seconds. Retries keep it down for good; a circuit breaker lets it recover. */
class ShopScenarioTest {
  private static final Address SHOP = Address.parse("shop-1/shop");

  private static Emulation shop(Supplier<CircuitBreaker> breaker) {
    return Emulation.of(
        Scenario.named("shop")
            .duration(ofMinutes(10))
            .entry(Processes.process("shop", 1, Shop.server()))
            .entry(
                Processes.<Client.Command>process(
                    "client",
                    env -> Client.of(env, SHOP, breaker.get()),
                    Client.ORDERS,
                    Client.FAILED,
                    Client.ATTEMPTS))
            .at(ofMinutes(1), "stop", new Fault.Pause(Target.of("shop-1/shop"), ofSeconds(10)))
            .property(
                PropertySpec.always(
                    "orders-succeed",
                    "ratio('orders_failed_total', 'orders_total', '10s') < 0.05"))
            .measure("attempts_per_second", "rate('attempts_total', '5m')"));
  }

  @Test
  void retriesKeepTheShopDown() {
    Emulation emulation = shop(CircuitBreaker::none).start().advanceTo("stop");
    emulation
        .await("most requests are second to fourth ones", ofMinutes(1))
        .until(() -> emulation.value("rate('attempts_total', '10s')") > 2 * 60);

    assertThat(emulation.runToEnd())
        .violates("orders-succeed")
        .between(ofSeconds(60), ofSeconds(75))
        .measures("attempts_per_second", 200, 260);
  }

  @Test
  void aBreakerLetsItRecover() {
    assertThat(shop(() -> new CircuitBreaker(20, ofSeconds(2))).run())
        .violates("orders-succeed")
        .recoversWithin(ofSeconds(30));
  }

  @Test
  void itRecoversInMostRuns() {
    assertThat(shop(() -> new CircuitBreaker(20, ofSeconds(2))))
        .inAtMost(200)
        .claim("orders succeed again within 30 s", ShopScenarioTest::recovers)
        .holdsInAtLeast(0.9)
        .withConfidence(0.99);
  }

  private static boolean recovers(RunResult run) {
    return run.property("orders-succeed").result().longestViolation().compareTo(ofSeconds(30)) < 0;
  }
}
