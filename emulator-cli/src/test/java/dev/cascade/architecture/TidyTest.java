package dev.cascade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people forget, and no compiler sees. Each check is shown a tree that is not tidy, too. */
class TidyTest {
  private static final Tree PROJECT = Tree.ofThisProject();

  /** Words for later, put together here so that this file does not hold them. */
  private static final Pattern LATER =
      Pattern.compile("\\b(" + String.join("|", "FIX" + "ME", "TO" + "DO", "X" + "XX") + ")\\b");

  private static final Pattern TYPE_OR_METHOD =
      Pattern.compile("`([A-Z][a-z]\\w*(?:\\.[a-z]\\w*)?)`");

  /** Types of Pekko and the JDK. */
  private static final List<String> NOT_OURS = List.of("Mailbox", "Random", "ServiceLoader");

  private static final Pattern NULL_MARKED =
      Pattern.compile("^@(org\\.jspecify\\.annotations\\.)?NullMarked$", Pattern.MULTILINE);

  @TempDir Path scratch;

  @Test
  void checksLookAtTheWholeTree() {
    // 40 files in 3 packages were there when this was written; fewer would mean the wrong place.
    assertThat(PROJECT.javaFiles())
        .hasSizeGreaterThan(35)
        .anyMatch(f -> f.endsWith("dev/cascade/architecture/TidyTest.java"))
        .anyMatch(f -> f.endsWith("dev/cascade/cli/CascadeMain.java"))
        .anyMatch(f -> f.endsWith("dev/cascade/node/Env.java"));
    assertThat(PROJECT.packageDirectories().stream().map(Tree::packageName))
        .hasSizeGreaterThanOrEqualTo(3)
        .contains("dev.cascade.cli", "dev.cascade.node", "dev.cascade.random");
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(leftForLater(PROJECT))
        .as("file an issue, and leave a comment that says what is, not what should be")
        .isEmpty();
  }

  @Test
  void wordsForLaterAreFound() throws IOException {
    Path file = write("emulator-core/src/main/java/dev/cascade/a/A.java", "// TO" + "DO: think");

    assertThat(leftForLater(new Tree(scratch))).containsExactly(file + ":1");
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    assertThat(packagesWithoutInfo(PROJECT))
        .as("packages need a package-info.java with one sentence and @NullMarked")
        .isEmpty();
  }

  @Test
  void packagesWithoutInfoAreFound() throws IOException {
    write("emulator-core/src/main/java/dev/cascade/none/A.java", "class A {}");
    write("emulator-core/src/main/java/dev/cascade/bare/package-info.java", "package bare;");
    write("emulator-core/src/main/java/dev/cascade/good/package-info.java", "@NullMarked\n");

    assertThat(packagesWithoutInfo(new Tree(scratch)))
        .containsExactly("dev.cascade.bare", "dev.cascade.none");
  }

  @Test
  void architectureNamesEveryPackage() {
    if (PROJECT.has("ARCHITECTURE.md")) {
      assertThat(packagesMissingFrom(PROJECT, "ARCHITECTURE.md"))
          .as("ARCHITECTURE.md names every package, in `backticks` or first on a line")
          .isEmpty();
    }
  }

  @Test
  void packagesThatArchitectureForgotAreFound() throws IOException {
    for (String name : List.of("network", "fault", "time", "random", "engine", "models/service")) {
      write("emulator-core/src/main/java/dev/cascade/" + name + "/A.java", "");
    }
    write(
        "ARCHITECTURE.md",
        """
        The time that faults and the engine take is random.
            network   links
        | `fault` | values |
        `dev.cascade.models.service` serves
            time, random   clocks and streams
        """);

    assertThat(packagesMissingFrom(new Tree(scratch), "ARCHITECTURE.md"))
        .containsExactly("dev.cascade.engine");
  }

  @Test
  void architectureNamesOnlyWhatIsThere() {
    assertThat(namesOf(PROJECT, "ARCHITECTURE.md")).contains("Env.request", "Transport.arrive");
    assertThat(namesOfNothing(PROJECT, "ARCHITECTURE.md"))
        .as("ARCHITECTURE.md names types, and methods of theirs, that exist")
        .isEmpty();
  }

  @Test
  void namesOfNothingAreFound() throws IOException {
    write("emulator-core/src/main/java/dev/cascade/a/There.java", "class There { void go() {} }");
    write(
        "ARCHITECTURE.md",
        "`There` is, `There.go` and `There.gone`, but not `Gone` and `Mailbox`.");

    assertThat(namesOfNothing(new Tree(scratch), "ARCHITECTURE.md"))
        .containsExactly("There.gone", "Gone");
  }

  @Test
  void everyModelHasItsPageAndScenario() {
    assertThat(RegisteredModels.all().stream().flatMap(m -> undocumented(PROJECT, m).stream()))
        .as("docs/models has a page for each model's package that names all a scenario can use")
        .isEmpty();
    assertThat(
            RegisteredModels.all().stream().filter(m -> !isInScenario(PROJECT, m)).map(Model::name))
        .as("config/scenarios shows every model at work")
        .isEmpty();
  }

  @Test
  void modelsWithoutPageOrScenarioAreFound() throws IOException {
    Model<?> model = new Undocumented();
    write("docs/models/architecture.md", "`undocumented` counts `things_total`.");
    write("config/scenarios/other.yaml", "topology:\n  - {name: undocumented, model: other}\n");

    assertThat(undocumented(new Tree(scratch), model))
        .containsExactly("docs/models/architecture.md: thing-happened");
    assertThat(isInScenario(new Tree(scratch), model)).isFalse();

    write("config/scenarios/own.yaml", "topology:\n  - {name: x, model: undocumented}\n");

    assertThat(isInScenario(new Tree(scratch), model)).isTrue();
  }

  private static List<String> leftForLater(Tree tree) {
    List<String> places = new ArrayList<>();
    for (Path file : tree.javaFiles()) {
      List<String> lines = Tree.text(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (LATER.matcher(lines.get(i)).find()) {
          places.add(file + ":" + (i + 1));
        }
      }
    }
    return places;
  }

  private static List<String> packagesWithoutInfo(Tree tree) {
    return tree.packageDirectories().stream()
        .filter(
            directory -> {
              Path info = directory.resolve("package-info.java");
              return !Files.exists(info) || !NULL_MARKED.matcher(Tree.text(info)).find();
            })
        .map(Tree::packageName)
        .toList();
  }

  private static List<String> packagesMissingFrom(Tree tree, String document) {
    String text = tree.text(document);
    return tree.packageDirectories().stream()
        .map(Tree::packageName)
        .filter(
            name -> {
              String shortName = Pattern.quote(name.replaceFirst("^dev\\.cascade\\.", ""));
              // In backticks, by its full name, or in the list that a line of a code map begins
              // with.
              String named =
                  "`"
                      + shortName
                      + "`|\\b"
                      + Pattern.quote(name)
                      + "\\b(?!\\.\\w)|^ {2,}(?:[\\w.]+, )*"
                      + shortName
                      + "(?=[ ,]|$)";
              return !Pattern.compile(named, Pattern.MULTILINE).matcher(text).find();
            })
        .toList();
  }

  /** Types, and methods with theirs, that a document has in backticks. */
  private static List<String> namesOf(Tree tree, String document) {
    return TYPE_OR_METHOD
        .matcher(tree.text(document))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !NOT_OURS.contains(name))
        .distinct()
        .toList();
  }

  private static List<String> namesOfNothing(Tree tree, String document) {
    return namesOf(tree, document).stream()
        .filter(
            name -> {
              String[] parts = name.split("\\.");
              return tree.javaFiles().stream()
                  .filter(file -> file.toString().contains("/src/main/"))
                  .filter(file -> file.endsWith(parts[0] + ".java"))
                  .noneMatch(
                      file -> parts.length == 1 || Tree.text(file).contains(" " + parts[1] + "("));
            })
        .toList();
  }

  /** What a scenario can name of a model and its page does not, once there are pages. */
  private static List<String> undocumented(Tree tree, Model<?> model) {
    if (!tree.has("docs/models")) {
      return List.of();
    }
    String packageName = model.getClass().getPackageName();
    String page = "docs/models/" + packageName.replaceFirst(".*\\.", "") + ".md";
    String text = tree.text(page);
    return Stream.of(
            Stream.of(model.name()),
            model.metrics().stream().map(MetricInfo::name),
            model.events().stream().map(EventInfo::name))
        .flatMap(names -> names)
        .filter(name -> !text.contains("`" + name + "`"))
        .map(name -> page + ": " + name)
        .toList();
  }

  /** Whether a scenario has an entry of this model, once there are scenarios. */
  private static boolean isInScenario(Tree tree, Model<?> model) {
    // What stands under load: is of the model load, and does not say so.
    String section = model.name().equals("load") ? "|(?m)^ *load:\\s*$" : "";
    Pattern entry =
        Pattern.compile(
            "\\bmodel:\\s*[\"']?" + Pattern.quote(model.name()) + "(?![\\w-])" + section);
    return !tree.has("config/scenarios")
        || tree.scenarios().stream().anyMatch(file -> entry.matcher(Tree.text(file)).find());
  }

  private Path write(String path, String text) throws IOException {
    Path file = scratch.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A model whose page forgets its event. */
  private static final class Undocumented implements Model<String> {
    @Override
    public String name() {
      return "undocumented";
    }

    @Override
    public String summary() {
      return "Is not documented.";
    }

    @Override
    public Class<String> configType() {
      return String.class;
    }

    @Override
    public void place(Placement<String> placement) {}

    @Override
    public List<MetricInfo> metrics() {
      return List.of(MetricInfo.counter("things_total", "Things."));
    }

    @Override
    public List<EventInfo> events() {
      return List.of(new EventInfo("thing-happened", List.of(), "A thing happened."));
    }
  }
}
