package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.node.HostInfo;
import dev.cascade.random.DurationText;
import dev.cascade.run.Blueprint;
import dev.cascade.run.RunJson;
import dev.cascade.run.Trial;
import dev.cascade.scenario.MethodStep;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a run would do, and does nothing. */
@Command(
    name = "plan",
    description = "Shows what a run would do: topology, timeline, expected load. Runs nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  @Mixin ScenarioOptions which = new ScenarioOptions();
  @Mixin RunningOptions how = new RunningOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Scenario scenario = how.variant(which.read(output));
    Trial.of(scenario);
    Blueprint blueprint = Blueprint.of(scenario);
    if (output.format == OutputOptions.Format.yaml) {
      output.screen().out().print(scenario.merged());
      output.screen().out().flush();
    } else if (output.isText()) {
      print(scenario, blueprint);
    } else {
      output.print(json(scenario, blueprint));
    }
    return ExitCode.AS_EXPECTED.code;
  }

  private void print(Scenario scenario, Blueprint blueprint) {
    PrintWriter out = output.screen().out();
    Paint paint = output.paint();
    out.println("  " + paint.bold("TOPOLOGY"));
    Table topology = new Table();
    for (TopologyEntry<?> entry : scenario.topology()) {
      topology.row(
          "+ " + entry.name(),
          entry.model().name(),
          "replicas " + entry.replicas(),
          Figures.count(hosts(entry, blueprint), "host"),
          entry.zones().isEmpty() ? "" : "zones " + String.join(", ", entry.zones()));
    }
    out.print(topology.text("    "));
    timeline(scenario, paint, out);
    estimates(scenario, paint, out);
    out.println();
    out.println(
        "  Plan: %s, %s, %s, %s, %s; %s of virtual time, seed %d."
            .formatted(
                Figures.count(blueprint.hosts().size(), "host"),
                Figures.count(scenario.method().size() + scenario.rollbacks().size(), "step"),
                Figures.count(scenario.properties().size(), "property"),
                Figures.count(scenario.measurements().size(), "measurement"),
                Figures.count(scenario.mitigations().size(), "mitigation"),
                DurationText.format(scenario.timing().duration()),
                scenario.timing().seed()));
    out.flush();
  }

  private static long hosts(TopologyEntry<?> entry, Blueprint blueprint) {
    return blueprint.hosts().stream().map(HostInfo::entry).filter(entry.name()::equals).count();
  }

  private static void timeline(Scenario scenario, Paint paint, PrintWriter out) {
    if (scenario.method().isEmpty() && scenario.rollbacks().isEmpty()) {
      return;
    }
    out.println();
    out.println("  " + paint.bold("TIMELINE"));
    Table table = new Table();
    List<MethodStep> steps = new java.util.ArrayList<>(scenario.method());
    steps.addAll(scenario.rollbacks());
    for (MethodStep step : steps) {
      table.row("~ " + when(step), step.name(), Deeds.words(step));
    }
    out.print(table.text("    "));
  }

  private static String when(MethodStep step) {
    if (step.trigger() instanceof MethodStep.At at) {
      return DurationText.format(at.time());
    }
    MethodStep.When when = (MethodStep.When) step.trigger();
    return DurationText.format(when.after()) + " after " + when.condition();
  }

  private static void estimates(Scenario scenario, Paint paint, PrintWriter out) {
    List<String> sentences =
        scenario.topology().stream().flatMap(entry -> estimates(entry).stream()).toList();
    if (!sentences.isEmpty()) {
      out.println();
      out.println("  " + paint.bold("EXPECTED LOAD"));
      sentences.forEach(sentence -> out.println("    ! " + sentence));
    }
    List<LoadCheck> checks = LoadCheck.of(scenario);
    if (!checks.isEmpty()) {
      out.println();
      out.println("  " + paint.bold("LOAD CHECK") + "  (on the back of an envelope)");
      checks.forEach(check -> out.println("    " + check.sentence(paint)));
    }
  }

  private static <C> List<String> estimates(TopologyEntry<C> entry) {
    return entry.model().estimates(entry.name(), entry.config(), entry.replicas());
  }

  private static ObjectNode json(Scenario scenario, Blueprint blueprint) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("scenario", scenario.metadata().name());
    json.put("seed", scenario.timing().seed());
    scenario.active().forEach(json.putArray("mitigations")::add);
    json.put("hosts", blueprint.hosts().size());
    ArrayNode topology = json.putArray("topology");
    for (TopologyEntry<?> entry : scenario.topology()) {
      topology
          .addObject()
          .put("name", entry.name())
          .put("model", entry.model().name())
          .put("replicas", entry.replicas())
          .put("hosts", hosts(entry, blueprint));
    }
    ArrayNode timeline = json.putArray("timeline");
    for (MethodStep step : scenario.method()) {
      timeline
          .addObject()
          .put("name", step.name())
          .put("when", when(step))
          .put("what", Deeds.words(step));
    }
    ArrayNode checks = json.putArray("loadCheck");
    for (LoadCheck check : LoadCheck.of(scenario)) {
      checks
          .addObject()
          .put("name", check.entry())
          .put("demandPerSecond", check.demandPerSecond())
          .put("demandPerSecondIfAllFail", check.demandPerSecondIfAllFail())
          .put("capacityPerSecond", check.capacityPerSecond());
    }
    ArrayNode load = json.putArray("expectedLoad");
    scenario.topology().stream().flatMap(entry -> estimates(entry).stream()).forEach(load::add);
    return json;
  }
}
