package dev.cascade.scenario;

import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.Action;
import dev.cascade.node.Model;
import dev.cascade.node.Suggestion;
import dev.cascade.scenario.MethodStep.Deed;
import dev.cascade.scenario.Tree.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads steps: a fault, or an action of the model that the target is an entry of. */
final class MethodReader {
  private static final List<String> STEP_KEYS = RecordShape.of(Forms.Step.class).names();
  private static final Map<String, Class<?>> FAULTS =
      Variants.of(Fault.class).orElseThrow().types();

  private final SpecReader spec;
  private final TopologyReader topology;
  private final List<String> switchedOff = new ArrayList<>();

  MethodReader(SpecReader spec, TopologyReader topology) {
    this.spec = spec;
    this.topology = topology;
  }

  List<MethodStep> steps(Section section) {
    List<MethodStep> steps = new ArrayList<>();
    for (Mapping item : spec.items(section)) {
      Optional<Forms.Step> form = spec.binder().bind(item.only(STEP_KEYS), Forms.Step.class);
      String action = item.text("action");
      Optional<? extends Deed> deed = action == null ? Optional.empty() : deed(item, action);
      if (form.isPresent() && !form.get().enabled()) {
        switchedOff.add(form.get().name());
      } else if (form.isPresent() && deed.isPresent()) {
        steps.add(new MethodStep(form.get().name(), trigger(form.get()), deed.get()));
      }
    }
    return steps;
  }

  /** The names of those that were read and are not enabled. */
  List<String> switchedOff() {
    return switchedOff;
  }

  private static MethodStep.Trigger trigger(Forms.Step form) {
    if (form.at() != null) {
      return new MethodStep.At(form.at());
    }
    return new MethodStep.When(
        String.valueOf(form.when()), form.after() == null ? MethodStep.HUMAN_DELAY : form.after());
  }

  private Optional<? extends Deed> deed(Mapping item, String action) {
    Class<?> fault = FAULTS.get(action);
    if (fault != null) {
      return spec.binder()
          .bindRest(item, fault, STEP_KEYS)
          .map(value -> new MethodStep.Inject((Fault) value));
    }
    Tree targetTree = item.get("target");
    Optional<Target> target =
        targetTree == null ? Optional.empty() : spec.binder().bind(targetTree, Target.class);
    String entry = target.map(Target::name).orElse(null);
    Optional<Model<?>> model = entry == null ? Optional.empty() : topology.modelOfPlace(entry);
    return model.isPresent()
        ? operate(item, action, target.get(), model.get())
        : unknown(item, action, entry);
  }

  private <C> Optional<Deed> operate(Mapping item, String action, Target target, Model<C> model) {
    TreeSet<String> known = new TreeSet<>(FAULTS.keySet());
    for (Action<C, ?> candidate : model.actions()) {
      if (candidate.name().equals(action)) {
        return operate(item, target, candidate);
      }
      known.add(candidate.name());
    }
    spec.problems()
        .error(
            item.valueLocation("action"),
            "The action (%s) is no fault, and the model (%s) offers none of that name.%s"
                .formatted(action, model.name(), Suggestion.maybe(action, known)));
    return Optional.empty();
  }

  private <C, P> Optional<Deed> operate(Mapping item, Target target, Action<C, P> action) {
    List<String> taken = new ArrayList<>(STEP_KEYS);
    taken.add("target");
    return spec.binder()
        .bindRest(item, action.parameters(), taken)
        .map(parameters -> new MethodStep.Operate<>(target, action, parameters));
  }

  /** An action that belongs to no model, as far as can be told. */
  private Optional<Deed> unknown(Mapping item, String action, @Nullable String entry) {
    if (entry == null || !topology.unread().names().contains(entry)) {
      String why =
          entry == null
              ? "and without a target it is no model's action"
              : "and (%s) is no entry of the topology".formatted(entry);
      spec.problems()
          .error(
              item.valueLocation("action"),
              "The action (%s) is no fault, %s.%s"
                  .formatted(action, why, Suggestion.maybe(action, FAULTS.keySet())));
    }
    return Optional.empty();
  }
}
