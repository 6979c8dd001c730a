package dev.cascade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.cascade.cli.CascadeMain;
import dev.cascade.node.Env;
import dev.cascade.node.Model;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may use what, over all modules; and every rule is shown to be able to say no. */
class ArchitectureTest {
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.cascade");

  /** Classes in the test tree that break each rule on purpose. */
  private static final JavaClasses TRESPASSERS =
      new ClassFileImporter().importPackages("dev.cascade.trespass", "dev.cascade.models.trespass");

  private static final DescribedPredicate<JavaClass> ALL_CLASSES = DescribedPredicate.alwaysTrue();

  @Test
  void rulesLookAtEveryModuleAndAtNoTest() {
    // 25 classes were there when this was written; fewer would mean that the import went wrong.
    assertThat(PRODUCTION.size()).isGreaterThan(25);
    assertThat(PRODUCTION.contain(Env.class)).isTrue();
    assertThat(PRODUCTION.contain(CascadeMain.class)).isTrue();
    assertThat(PRODUCTION.contain(ArchitectureTest.class)).isFalse();
  }

  static Stream<Arguments> rules() {
    return Rules.ALL.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void productionKeeps(String claim, ArchRule rule) {
    // Before the first model there is nothing for its rules to look at.
    boolean hasModels =
        PRODUCTION.stream().anyMatch(c -> c.getPackageName().startsWith("dev.cascade.models"));

    rule.allowEmptyShould(!hasModels).check(PRODUCTION);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void trespassersBreak(String claim, ArchRule rule) {
    EvaluationResult result = rule.evaluate(TRESPASSERS);

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains("dev.cascade").contains("because");
  }

  static Stream<Ban> bans() {
    return Stream.of(Rules.CLOCKS_ENTROPY_THREADS, Rules.PEKKO_MISUSE, Orders.BANS)
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bans")
  void everyBanCatchesItsTrespasser(Ban ban) {
    EvaluationResult result =
        ArchRuleDefinition.classes()
            .that(ALL_CLASSES)
            .should(Ban.useNoneOf(List.of(ban)))
            .evaluate(TRESPASSERS);

    assertThat(result.getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void whatIsAllowedIsNotBanned() {
    EvaluationResult result =
        ArchRuleDefinition.classes()
            .that()
            .haveSimpleName("LawAbiding")
            .should(Ban.useNoneOf(bans().toList()))
            .evaluate(TRESPASSERS);
    EvaluationResult seen =
        Rules.ALL.get("models see node, random and Pekko Typed").evaluate(TRESPASSERS);

    assertThat(result.getFailureReport().getDetails()).isEmpty();
    assertThat(seen.getFailureReport().getDetails()).noneMatch(d -> d.contains("LawAbiding"));
  }

  @Test
  void exceptionsAreWhereTheyMayBeAndStillNeeded() {
    for (String name : Rules.EXCEPTIONS.keySet()) {
      assertThat(name)
          .matches(
              n -> Rules.PACKAGES_WITH_EXCEPTIONS.stream().anyMatch(p -> n.startsWith(p + ".")));
      assertThat(uses(name, Rules.CLOCKS_ENTROPY_THREADS))
          .as("%s uses no clock, entropy or thread; it need not be named", name)
          .isTrue();
    }
    for (String name : Orders.EXCEPTIONS.keySet()) {
      assertThat(uses(name, Orders.BANS))
          .as("%s makes no map without an order; it need not be named", name)
          .isTrue();
    }
  }

  private static boolean uses(String name, List<Ban> bans) {
    JavaClasses thatClass =
        PRODUCTION.that(
            DescribedPredicate.describe(
                name, c -> c.getName().equals(name) || c.getName().startsWith(name + "$")));
    return ArchRuleDefinition.classes()
        .should(Ban.useNoneOf(bans))
        .evaluate(thatClass)
        .hasViolation();
  }

  @Test
  void everyModelIsRegistered() {
    List<String> written =
        PRODUCTION.stream()
            .filter(c -> c.isAssignableTo(Model.class))
            .filter(c -> c.getPackageName().startsWith("dev.cascade.models"))
            .filter(c -> !c.isInterface() && !isAbstract(c))
            .map(JavaClass::getName)
            .toList();
    List<String> registered =
        RegisteredModels.all().stream().map(model -> model.getClass().getName()).toList();

    assertThat(registered)
        .as("META-INF/services/%s of emulator-models names every model", Model.class.getName())
        .containsAll(written);
  }

  private static boolean isAbstract(JavaClass javaClass) {
    return javaClass.getModifiers().contains(JavaModifier.ABSTRACT);
  }
}
