package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.management.OperatingSystemMXBean;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at what Cascade runs on. */
@Command(
    name = "doctor",
    description = "Looks at Java, memory, cores, folders and terminal, and gives advice.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 all is well or could be better (!), 1 something is broken (✗)."})
final class DoctorCommand implements Callable<Integer> {
  private static final long MEBI = 1L << 20;

  /** What the shipped scenarios take with room to spare. */
  private static final long HEAP_ENOUGH = 512 * MEBI;

  /** A run folder of a large incident takes some 50 MB, a comparison of many runs a hundred. */
  private static final long DISK_ENOUGH = 1024 * MEBI;

  /** How something is. */
  enum State {
    WELL,
    COULD_BE_BETTER,
    BROKEN
  }

  /**
   * One thing that was looked at.
   *
   * @param advice what to do; empty if all is well
   */
  record Check(String what, State state, String found, String advice) {
    static Check of(boolean well, String what, String found, String advice) {
      return new Check(what, well ? State.WELL : State.COULD_BE_BETTER, found, well ? "" : advice);
    }
  }

  @Mixin RunsOption runs = new RunsOption();
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    List<Check> checks =
        List.of(java(), memory(), cores(), collector(), start(), folder(), terminal(), scenarios());
    if (output.isText()) {
      print(checks);
    } else {
      ArrayNode json = RunJson.MAPPER.createArrayNode();
      for (Check check : checks) {
        json.addObject()
            .put("what", check.what())
            .put("state", check.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("found", check.found())
            .put("advice", check.advice());
      }
      output.print(json);
    }
    boolean broken = checks.stream().anyMatch(check -> check.state() == State.BROKEN);
    return (broken ? ExitCode.DEVIATED : ExitCode.AS_EXPECTED).code;
  }

  private void print(List<Check> checks) {
    PrintWriter out = output.screen().out();
    for (Check check : checks) {
      String mark =
          switch (check.state()) {
            case WELL -> "✓";
            case COULD_BE_BETTER -> "!";
            case BROKEN -> "✗";
          };
      out.println("  %s %-10s %s".formatted(mark, check.what(), check.found()));
      if (!check.advice().isEmpty()) {
        out.println("      " + check.advice());
      }
    }
    out.flush();
  }

  private static Check java() {
    int feature = Runtime.version().feature();
    String found =
        "%s (%s, %s)"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("os.arch"));
    return feature >= 17
        ? new Check("java", State.WELL, found, "")
        : new Check(
            "java", State.BROKEN, found, "Cascade needs 17 or later. Maybe set JAVA_HOME to one.");
  }

  private static Check memory() {
    long heap = Runtime.getRuntime().maxMemory();
    long machine =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : heap;
    return Check.of(
        heap >= HEAP_ENOUGH,
        "memory",
        "heap up to %d MiB of the machine's %d MiB".formatted(heap / MEBI, machine / MEBI),
        "Large scenarios will not fit. Maybe CASCADE_JAVA_OPTS=-Xmx1g");
  }

  private static Check cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Check.of(
        cores > 1,
        "cores",
        Integer.toString(cores),
        "compare makes its runs one by one, and --shards gains nothing.");
  }

  private static Check collector() {
    List<String> names =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    return Check.of(
        names.stream().anyMatch(name -> name.startsWith("PS ")),
        "collector",
        String.join(", ", names),
        "Runs are faster with -XX:+UseParallelGC, which ./cascade picks by itself.");
  }

  private static Check start() {
    String archive =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-XX:SharedArchiveFile="))
            .map(argument -> argument.substring(argument.indexOf('=') + 1))
            .findFirst()
            .orElse("");
    return Check.of(
        Files.isReadable(Path.of(archive)) && !archive.isEmpty(),
        "start",
        archive.isEmpty() ? "without an archive of classes" : "with " + archive,
        "Maybe let ./cascade write to its folder or ~/.cache: it then starts faster.");
  }

  private Check folder() {
    Path folder = runs.folder().toAbsolutePath().normalize();
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      Path probe = Files.createTempFile(there, ".cascade", ".probe");
      Files.delete(probe);
      long free = Files.getFileStore(there).getUsableSpace();
      return Check.of(
          free >= DISK_ENOUGH,
          "runs",
          "%s, %d MiB free".formatted(folder, free / MEBI),
          "Many runs may not fit. Maybe --out elsewhere?");
    } catch (IOException refused) {
      return new Check(
          "runs",
          State.BROKEN,
          "%s cannot be written: %s".formatted(folder, refused.getClass().getSimpleName()),
          "Nothing can be kept. Maybe --out with a folder of yours?");
    }
  }

  private Check terminal() {
    Screen screen = output.screen();
    String where =
        screen.errIsTerminal() ? "%d columns".formatted(screen.errColumns()) : "none on stderr";
    boolean unicode =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(System::getenv)
            .filter(value -> value != null && !value.isEmpty())
            .findFirst()
            .map(value -> value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
            .orElse(!screen.outIsTerminal());
    return Check.of(
        unicode,
        "terminal",
        where + (output.paint().colours() ? ", with colours" : ", without colours"),
        "Marks such as ✓ may be unreadable. Maybe export LC_ALL=C.UTF-8");
  }

  private static Check scenarios() {
    List<String> found = new ArrayList<>();
    found.add(Figures.count(Home.scenarioNames().size(), "scenario"));
    found.add(Figures.count(Models.catalog().names().size(), "model"));
    return Check.of(
        !Home.scenarioNames().isEmpty(),
        "scenarios",
        String.join(", ", found),
        "None came with Cascade. Maybe start it as ./cascade or bin/cascade.");
  }
}
