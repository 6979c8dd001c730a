package dev.cascade.models.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.models.fleet.ClusterPlan.Reason;
import dev.cascade.models.fleet.ClusterPlan.Task.Schedule;
import dev.cascade.models.fleet.ClusterPlan.Task.Unschedule;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which machine runs what, by fleet's rules. */
class ClusterPlanTest {
  private final SortedMap<String, SortedMap<String, String>> machines = new TreeMap<>();
  private final SortedMap<String, Registry.Job> jobs = new TreeMap<>();

  private void machine(String id, String... metadata) {
    SortedMap<String, String> said = new TreeMap<>();
    for (int i = 0; i < metadata.length; i += 2) {
      said.put(metadata[i], metadata[i + 1]);
    }
    machines.put(id, said);
  }

  private void job(FleetUnit unit, boolean launched, @Nullable String machine) {
    jobs.put(unit.name(), new Registry.Job(unit, launched, machine, machine == null ? 0 : 7));
  }

  private void job(String unit, @Nullable String machine) {
    job(FleetUnit.of(unit), true, machine);
  }

  private List<ClusterPlan.Task> plan() {
    return ClusterPlan.of(machines, jobs);
  }

  @Test
  void theMachineWithTheFewestUnitsGetsTheNextAndOfEqualsTheFirstById() {
    machine("m-1");
    machine("m-2");
    machine("m-3");
    job("old", "m-2");
    job("a", null);
    job("b", null);
    job("c", null);

    assertThat(plan())
        .containsExactly(
            new Schedule("a", "m-1"), new Schedule("b", "m-3"), new Schedule("c", "m-1"));
  }

  @Test
  void unitsOfAMachineThatIsGoneMoveAndOthersStay() {
    machine("m-1");
    machine("m-2");
    job("a", "m-1");
    job("b", "m-3");

    assertThat(plan())
        .containsExactly(
            new Unschedule("b", "m-3", 7, Reason.MACHINE_GONE), new Schedule("b", "m-2"));
  }

  @Test
  void aUnitThatIsNotToRunIsTakenAway() {
    machine("m-1");
    job(FleetUnit.of("a"), false, "m-1");
    job(FleetUnit.of("b"), false, null);

    assertThat(plan()).containsExactly(new Unschedule("a", "m-1", 7, Reason.INACTIVE));
  }

  @Test
  void unitsThatConflictShareNoMachineWhicheverSaysSo() {
    machine("m-1");
    machine("m-2");
    job(FleetUnit.of("consul-1").conflictsWith("consul-*"), true, null);
    job("consul-2", null);
    job("consul-3", null);
    job(FleetUnit.of("z").conflictsWith("consul-2"), true, null);

    assertThat(plan())
        .containsExactly(
            new Schedule("consul-1", "m-1"),
            new Schedule("consul-2", "m-2"),
            new Schedule("consul-3", "m-2"),
            new Schedule("z", "m-1"));
  }

  @Test
  void oneThatFitsNowhereWaits() {
    machine("m-1");
    job(FleetUnit.of("consul-1").conflictsWith("consul-*"), true, null);
    job(FleetUnit.of("consul-2").conflictsWith("consul-*"), true, null);

    assertThat(plan()).containsExactly(new Schedule("consul-1", "m-1"));
  }

  @Test
  void aCompanionGoesWhereItsUnitIsAndMovesWithIt() {
    machine("m-1");
    machine("m-2");
    job("web", "m-9");
    job(FleetUnit.of("web-announce").withMachineOf("web"), true, "m-9");
    job("x", "m-1");

    assertThat(plan())
        .containsExactly(
            new Unschedule("web", "m-9", 7, Reason.MACHINE_GONE),
            new Unschedule("web-announce", "m-9", 7, Reason.MACHINE_GONE),
            new Schedule("web", "m-2"),
            new Schedule("web-announce", "m-2"));
  }

  @Test
  void aUnitTiedToOneMachineOrToMetadataWaitsForIt() {
    machine("m-1");
    machine("m-2", "role", "infra");
    job(FleetUnit.of("a").onMachine("m-3"), true, null);
    job(FleetUnit.of("b").whereMetadata("role", "infra"), true, null);
    job(FleetUnit.of("c").onMachine("m-2"), true, null);

    assertThat(plan()).containsExactly(new Schedule("b", "m-2"), new Schedule("c", "m-2"));
  }

  @Test
  void aMachineThatDoesNotFitAnyMoreLosesTheUnit() {
    machine("m-1", "role", "web");
    job(FleetUnit.of("b").whereMetadata("role", "infra"), true, "m-1");

    assertThat(plan()).containsExactly(new Unschedule("b", "m-1", 7, Reason.UNABLE));
  }

  @Test
  void globalUnitsAreNobodysToSchedule() {
    machine("m-1");
    job(FleetUnit.of("agent").everywhere(), true, null);

    assertThat(plan()).isEmpty();
  }

  @Test
  void unitsAreInEtcdAsTheyWereSubmitted() {
    FleetUnit unit =
        FleetUnit.of("web@1.service")
            .conflictsWith("web@*.service", "db.service")
            .whereMetadata("role", "web")
            .withMachineOf("x.service");

    assertThat(FleetUnit.parse(unit.text())).isEqualTo(unit);
    assertThatThrownBy(() -> FleetUnit.of("a").onMachine("m").everywhere())
        .hasMessageContaining("global");
  }

  @Test
  void starsStandForAnything() {
    FleetUnit unit = FleetUnit.of("a").conflictsWith("*-web@*.service", "one");

    assertThat(unit.shuns("x-web@3.service")).isTrue();
    assertThat(unit.shuns("x-web@3.timer")).isFalse();
    assertThat(unit.shuns("web@3.service")).isFalse();
    assertThat(unit.shuns("one")).isTrue();
    assertThat(unit.shuns("one-more")).isFalse();
    assertThat(FleetUnit.of("a").conflictsWith("*").shuns("a")).isFalse(); // itself
  }
}
