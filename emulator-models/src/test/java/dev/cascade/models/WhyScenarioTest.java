package dev.cascade.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.CauseLog.What;
import dev.cascade.node.Purpose;
import dev.cascade.run.Emulation;
import dev.cascade.run.Why;
import dev.cascade.run.WhyChain.Step;
import dev.cascade.run.Words;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The shipped incidents tell what they are about, by the causes that their messages carry. */
class WhyScenarioTest {
  private static Scenario scenario(String name, String duration) {
    ModelCatalog models = ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
    Path file = Path.of("..", "config", "scenarios", name + ".yaml");
    return new ScenarioReader(models)
        .read(ScenarioSource.file(file), Overrides.set("duration=" + duration))
        .scenario();
  }

  private static Why why(Scenario scenario, String property) {
    Duration first = Emulation.of(scenario).run().property(property).result().firstViolation();
    return Why.of(scenario, property, Objects.requireNonNull(first));
  }

  private static Step step(Why why, What what, Predicate<Step> more) {
    return why.steps().stream()
        .filter(step -> step.kind().what() == what)
        .filter(more)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No such step (" + what + ") in " + why.steps()));
  }

  private static Step asked(Why why, String client, String server, String subject) {
    return step(
        why,
        What.ASKED,
        step ->
            step.kind().other().equals(client)
                && step.kind().at().equals(server)
                && step.kind().subject().equals(subject));
  }

  /** What it waits for is missed when stop was 30 minutes ago. */
  @Test
  void retriesCauseTheTimeOutsThatCauseRetries() {
    Why why = Why.of(scenario("retry-storm", "36m"), "recovers", Duration.ofMinutes(35));

    Why.Deed stop = why.deeds().get(0);
    Step retry = step(why, What.ASKED, one -> one.kind().purpose() == Purpose.RETRY);
    Step givenUp =
        step(
            why,
            What.TIMED_OUT,
            one -> one.kind().purpose() == Purpose.RETRY && one.kind().at().equals("users"));
    assertThat(stop.name()).isEqualTo("stop");
    assertThat(stop.leadsTo()).isEmpty(); // a pause sends no message
    assertThat(stop.strikes()).contains(retry.number());
    // it begins the chain all the same, and those it reached by their state say so
    assertThat(why.steps().get(0).kind().at()).isEqualTo("stop");
    assertThat(stop.number()).isEqualTo(1);
    assertThat(retry.byState()).containsExactly(1);
    assertThat(why.steps()).extracting(Step::number).isSorted().doesNotHaveDuplicates();
    assertThat(retry.after()).contains(givenUp.number());
    assertThat(givenUp.behind()).contains(retry.number());
    assertThat(retry.perSecondBefore()).isZero();
    assertThat(retry.perSecond()).isGreaterThan(10); // than the server can do
    // All that it works for has given up.
    assertThat(why.work().of(dev.cascade.engine.WorkCounts.End.GIVEN_UP).cpuNanos())
        .isGreaterThan(why.work().total().cpuNanos() * 9 / 10);
  }

  @Test
  void homePagesWaitBehindCartsThatWaitForTheDatabase() {
    Why why = why(scenario("three-services", "2m30s"), "home-works");

    Step cart = asked(why, "users", "frontend/server", "/cart");
    Step orders = asked(why, "frontend/server", "orders/server", "/orders");
    Step query = asked(why, "orders/server", "database/server", "/query");
    Step givenUp = step(why, What.TIMED_OUT, one -> one.kind().subject().equals("/"));
    assertThat(why.deeds().get(0).name()).isEqualTo("slow");
    assertThat(why.deeds().get(0).strikes()).contains(query.number());
    assertThat(givenUp.behind()).contains(query.number());
    assertThat(query.after()).containsExactly(orders.number());
    assertThat(orders.after()).containsExactly(cart.number());
    assertThat(query.median()).isGreaterThan(query.medianBefore());
  }

  @Test
  void readersAreRefusedBehindBuyersWhomTheSaleBrought() {
    Why why = why(scenario("hot-row", "2m30s"), "reads-work");

    Step sale = step(why, What.STEP, one -> true);
    Step buy = asked(why, "buyers/users", "shop/database", "/buy");
    Step refused = step(why, What.REFUSED, one -> one.kind().at().equals("readers/users"));
    assertThat(why.steps().get(0)).isEqualTo(sale);
    assertThat(why.steps()).allMatch(one -> one.byState().isEmpty()); // messages lead there
    assertThat(why.deeds().get(0).name()).isEqualTo("sale");
    assertThat(why.deeds().get(0).leadsTo()).containsExactly(sale.number());
    assertThat(refused.behind()).contains(buy.number());
    assertThat(buy.perSecond()).isGreaterThan(2 * Objects.requireNonNull(buy.perSecondBefore()));
  }

  @Test
  void targetsThatTheAutoscalerBroughtAreChecked() {
    Why why = why(scenario("healthcheck-storm", "8m"), "small-service-loses-no-connection");

    Step desired = step(why, What.SENT, one -> one.kind().subject().equals("SetDesired"));
    Step registered = asked(why, "workers/scaling-group", "alb-cart/control", "RegisterTarget");
    Step targets = step(why, What.SENT, one -> one.kind().subject().equals("Targets"));
    Step check = asked(why, "alb-cart/lb", "workers/kube-proxy", "/health");
    assertThat(why.deeds().get(0).name()).isEqualTo("fifth-service-arrives");
    assertThat(why.deeds().get(0).touches())
        .isNotEmpty(); // its message goes by the cluster's state
    assertThat(registered.after()).contains(desired.number());
    assertThat(targets.after()).contains(registered.number());
    assertThat(check.after()).contains(targets.number());
  }

  /**
   * No message leads from the job that writes the file to those that time out: it goes by way of
   * what the file says, what the automation believes, and where an address leads.
   */
  @Test
  void whatProcessesTellOfTheirStateIsOnTheWay() {
    Why why = why(scenario("torn-classifier", "5m"), "ingestion-works");

    Step read = step(why, What.ASKED, step -> step.kind().subject().equals("Read"));
    Step believed = told(why, "classifier-loaded");
    Step move = asked(why, "dougal/automation", "provider/api", "vips-1");
    Step moved = told(why, "vip-moved");
    Step lost = step(why, What.TIMED_OUT, step -> true);
    assertThat(List.of(read, believed, move, moved, lost))
        .extracting(Step::number)
        .isSorted()
        .endsWith(why.steps().size());
    Step asked =
        step(why, What.ASKED, step -> step.number() == lost.after().get(lost.after().size() - 1));
    assertThat(asked.byState()).containsExactly(moved.number());
    Why.Deed job = why.deeds().get(0);
    assertThat(job.number()).isEqualTo(1);
    assertThat(read.byState()).contains(1);
    assertThat(job.leadsTo()).isEmpty();
    assertThat(job.touches()).contains(read.number());
    assertThat(job.strikes()).isEmpty();
  }

  private static Step told(Why why, String event) {
    return step(why, What.RECORDED, step -> step.kind().subject().equals(event));
  }
}
