package dev.cascade.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.metrics.LatencyLog;
import dev.cascade.metrics.MetricsCsv;
import dev.cascade.metrics.OpenMetrics;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.scenario.Scenario;
import dev.cascade.schedule.Schedule;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run: {@code <scenario>/<time>-s<seed>[-<mitigation>]}. While the run goes on it
 * has another name, which ends in {@code .partial}; it gets its own when all files are written, so
 * that what looks whole is whole.
 */
public final class RunFolder {
  /** Ends the name of a folder whose run has not ended, or died. */
  public static final String PARTIAL = ".partial";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** A folder that is there. */
  public static RunFolder at(Path path) {
    return new RunFolder(path);
  }

  /** Writes further files into a folder that holds all others. */
  public interface More {
    /** Nothing. */
    More NONE = folder -> {};

    /** Writes them; what goes wrong with one goes wrong with the run's folder. */
    void into(RunFolder folder) throws IOException;
  }

  /** A run that has begun. */
  public static final class Begun {
    private final Scenario scenario;
    private final Instant start;
    private final Path partial;
    private final Path whole;

    private Begun(Scenario scenario, Instant start, Path partial, Path whole) {
      this.scenario = scenario;
      this.start = start;
      this.partial = partial;
      this.whole = whole;
    }

    /** Where the run will be, once it is whole. */
    public Path path() {
      return whole;
    }

    /**
     * Writes the run and gives the folder its name.
     *
     * @param command what repeats the run
     * @throws RunFolderException if it cannot be written; what there was is discarded then
     */
    public RunFolder finish(RunResult result, String command) {
      return finish(result, command, More.NONE);
    }

    /**
     * As {@link #finish(RunResult, String)}, with files that are made from the others.
     *
     * @param more writes them into the folder, which does not have its name yet
     */
    public RunFolder finish(RunResult result, String command, More more) {
      try {
        write(result, command);
        RuntimeException defect = defectOf(more);
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
        link(whole, "latest");
        link(whole, "current");
        if (defect != null) {
          throw defect;
        }
      } catch (IOException failed) {
        discard();
        throw unwritable(whole, failed);
      }
      return new RunFolder(whole);
    }

    /** What is made of the run may be wrong; the run is kept then, without it. */
    private @Nullable RuntimeException defectOf(More more) throws IOException {
      try {
        more.into(new RunFolder(partial));
        return null;
      } catch (RuntimeException defect) {
        return defect;
      }
    }

    /** Removes the folder: there is no run to be kept. */
    public void discard() {
      try {
        for (Path file : content(partial)) {
          Files.delete(file);
        }
        Files.deleteIfExists(partial);
        Path current = partial.resolveSibling("current");
        if (Files.isSymbolicLink(current) && !Files.exists(current)) {
          Files.delete(current);
        }
        Path parent = partial.resolve("..").normalize();
        if (content(parent).isEmpty()) {
          Files.deleteIfExists(parent);
        }
      } catch (IOException failed) {
        throw unwritable(partial, failed);
      }
    }

    private void write(RunResult result, String command) throws IOException {
      RunResult.Recording recording = result.recording();
      text("results.json", RunJson.text(RunJson.results(result)));
      try (BufferedWriter out = writer("journal.jsonl")) {
        for (JournalEntry entry : recording.journal()) {
          out.write(RunJson.line(RunJson.journal(entry)));
        }
      }
      try (OutputStream out = stream("series.bin")) {
        SeriesFile.write(recording.series(), recording.metrics(), out);
      }
      try (BufferedWriter out = writer("metrics.csv")) {
        MetricsCsv.write(recording.series(), out);
      }
      try (BufferedWriter out = writer("metrics.om")) {
        OpenMetrics.write(recording.series(), recording.metrics(), OPEN_METRICS_START, out);
      }
      try (OutputStream out = stream("latency.hlog")) {
        LatencyLog.write(recording.series(), out);
      }
      try (OutputStream out = stream("histories.bin")) {
        recording.checkpoints().write(out);
      }
      text("cascade.log", RunLog.of(result));
      text("junit.xml", JunitXml.of(result));
      text("run.json", RunJson.text(about(result, command)));
    }

    /** What is not the same in the next run of the same. */
    private ObjectNode about(RunResult result, String command) {
      ObjectNode json = RunJson.MAPPER.createObjectNode();
      json.put("cascade", Version.of());
      json.put("java", Runtime.version().toString());
      json.put("scenario", scenario.metadata().name());
      json.put("scenarioHash", scenario.hash());
      json.put("seed", scenario.timing().seed());
      scenario.active().forEach(json.putArray("mitigations")::add);
      Schedule schedule = scenario.timing().schedule();
      json.put("schedule", schedule == null ? null : schedule.toString());
      json.put("shards", result.options().shards());
      json.put("checked", result.options().checked());
      json.put("speed", result.options().pace().toString());
      json.put("warmupNanos", scenario.timing().warmup().toNanos());
      json.put("start", start.toString());
      json.put("ending", result.end().ending().word());
      json.put("verdict", result.verdict().word());
      json.put("traceHash", result.recording().traceHash());
      json.put("virtualSeconds", JsonNumbers.seconds(result.end().virtualTime()));
      json.put("wallSeconds", RunJson.wallSeconds(result));
      json.put("events", result.recording().events());
      json.put("command", command);
      return json;
    }

    private void text(String name, String text) throws IOException {
      Files.writeString(partial.resolve(name), text);
    }

    private BufferedWriter writer(String name) throws IOException {
      return Files.newBufferedWriter(partial.resolve(name), StandardCharsets.UTF_8);
    }

    private OutputStream stream(String name) throws IOException {
      return new BufferedOutputStream(Files.newOutputStream(partial.resolve(name)));
    }
  }

  /** Virtual time has no date; OpenMetrics wants one, the same for every run. */
  private static final Instant OPEN_METRICS_START = Instant.EPOCH;

  /** Begins the folder of a run that starts now. */
  public static Begun begin(Path runs, Scenario scenario) {
    return begin(runs, scenario, WallClock.date());
  }

  /**
   * Begins the folder of a run.
   *
   * @param runs the folder of all runs
   * @param start when, on the wall clock
   * @throws RunFolderException if no folder can be made there
   */
  public static Begun begin(Path runs, Scenario scenario, Instant start) {
    String name = TIME.format(start) + "-s" + scenario.timing().seed();
    if (!scenario.active().isEmpty()) {
      name += "-" + String.join("+", scenario.active());
    }
    Path parent = runs.resolve(scenario.metadata().name());
    try {
      Files.createDirectories(parent);
      Path partial = unused(parent, name);
      String taken = String.valueOf(partial.getFileName());
      Path whole = parent.resolve(taken.substring(0, taken.length() - PARTIAL.length()));
      Files.writeString(partial.resolve("scenario.yaml"), scenario.merged());
      link(partial, "current");
      return new Begun(scenario, start, partial, whole);
    } catch (IOException failed) {
      throw unwritable(parent, failed);
    }
  }

  /**
   * Makes a folder beside the runs of a scenario for what many runs tell together: {@code
   * <scenario>/<time>-<kind>}.
   *
   * @param runs the folder of all runs
   * @param kind what was asked: {@code sweep}
   * @throws RunFolderException if no folder can be made there
   */
  public static Path beside(Path runs, Scenario scenario, String kind) {
    String name = TIME.format(WallClock.date()) + "-" + kind;
    Path parent = runs.resolve(scenario.metadata().name());
    try {
      Files.createDirectories(parent);
      for (int number = 1; ; number++) {
        try {
          return Files.createDirectory(parent.resolve(number == 1 ? name : name + "." + number));
        } catch (FileAlreadyExistsException taken) {
          // another of this second: the next number
        }
      }
    } catch (IOException failed) {
      throw unwritable(parent, failed);
    }
  }

  private static RunFolderException unwritable(Path folder, IOException failed) {
    return new RunFolderException(
        "The run's folder (%s) cannot be written: %s. Maybe choose another with --out?"
            .formatted(folder, reason(failed)),
        failed);
  }

  /** What went wrong in words: Java's messages are often the path alone. */
  private static String reason(Exception failed) {
    if (failed instanceof FileSystemException ofFile && ofFile.getReason() != null) {
      return ofFile.getReason();
    }
    String kind = failed.getClass().getSimpleName().replaceFirst("Exception$", "");
    String words = kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    String message = failed.getMessage();
    return message == null || failed instanceof FileSystemException
        ? words
        : message.lines().findFirst().orElse(words);
  }

  private static Path unused(Path parent, String name) throws IOException {
    for (int number = 1; ; number++) {
      String numbered = number == 1 ? name : name + "." + number;
      try {
        Path partial = Files.createDirectory(parent.resolve(numbered + PARTIAL));
        // Only now nobody else can give a folder this name; before, somebody may have.
        if (!Files.exists(parent.resolve(numbered))) {
          return partial;
        }
        Files.delete(partial);
      } catch (FileAlreadyExistsException taken) {
        // another run of this second: the next number
      }
    }
  }

  /** Lets a link beside the folder lead to it; where there are no links there is none. */
  private static void link(Path folder, String name) throws IOException {
    Path link = folder.resolveSibling(name);
    Path fresh = folder.resolveSibling("." + name + "-" + folder.getFileName());
    try {
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, folder.getFileName());
      Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (UnsupportedOperationException noLinks) {
      // the folder's name tells its time
    }
  }

  // ---- reading

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * What a command calls it: its path from the working directory if it lies below that, the whole
   * of it if not; of a run that is not whole yet, where it will be.
   */
  public String argument() {
    Path here = Path.of("").toAbsolutePath();
    Path whole = path.toAbsolutePath().normalize();
    String name = String.valueOf(whole.getFileName());
    if (name.endsWith(PARTIAL)) {
      whole = whole.resolveSibling(name.substring(0, name.length() - PARTIAL.length()));
    }
    return (whole.startsWith(here) ? here.relativize(whole) : whole).toString();
  }

  /**
   * Finds a run by its path, or by {@code scenario} or {@code scenario/name} below the folder of
   * all runs; the latest of a scenario if no more is said.
   *
   * @throws RunFolderException if there is none
   */
  public static RunFolder find(Path runs, String name) {
    for (Path candidate : List.of(Path.of(name), runs.resolve(name))) {
      for (Path folder : List.of(candidate, candidate.resolve("latest"))) {
        if (Files.isRegularFile(folder.resolve("run.json"))) {
          try {
            return new RunFolder(folder.toRealPath());
          } catch (IOException failed) {
            throw new RunFolderException(
                "The folder (%s) cannot be read: %s.".formatted(folder, reason(failed)), failed);
          }
        }
      }
    }
    throw new RunFolderException(
        "There is no run (%s), neither as a folder nor below %s. Maybe see: cascade list runs"
            .formatted(name, runs));
  }

  /** All whole runs below a folder, in the order of their paths. */
  public static List<RunFolder> list(Path runs) {
    List<RunFolder> found = new ArrayList<>();
    for (Path scenario : children(runs)) {
      for (Path run : children(scenario)) {
        if (!Files.isSymbolicLink(run) && Files.isRegularFile(run.resolve("run.json"))) {
          found.add(new RunFolder(run));
        }
      }
    }
    return found;
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return content(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> content(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException failed) {
      throw new RunFolderException(
          "The folder (%s) cannot be read: %s.".formatted(folder, reason(failed)), failed);
    }
  }

  /** What {@code run.json} says. */
  public JsonNode about() {
    JsonNode about = read("run.json", file -> RunJson.MAPPER.readTree(file.toFile()));
    if (!about.path("scenario").isTextual() || !about.path("seed").isIntegralNumber()) {
      throw new RunFolderException(
          "The file (%s) names no scenario and seed. Maybe this is no run's folder?"
              .formatted(path.resolve("run.json")));
    }
    return about;
  }

  /** What {@code results.json} says. */
  public JsonNode results() {
    return read("results.json", file -> RunJson.MAPPER.readTree(file.toFile()));
  }

  /** What {@code journal.jsonl} says, line by line. */
  public List<JsonNode> journal() {
    return read(
        "journal.jsonl",
        file -> {
          List<JsonNode> entries = new ArrayList<>();
          for (String line : Files.readAllLines(file)) {
            entries.add(RunJson.MAPPER.readTree(line));
          }
          return entries;
        });
  }

  /** The scenario as it was run, its mitigations merged in. */
  public Path scenarioFile() {
    return path.resolve("scenario.yaml");
  }

  /** All series, exactly. */
  public SeriesFile.Content series() {
    return read(
        "series.bin",
        file -> {
          try (InputStream in = Files.newInputStream(file)) {
            return SeriesFile.read(in);
          }
        });
  }

  /** The history step by step. */
  public Checkpoints checkpoints() {
    return read(
        "histories.bin",
        file -> {
          try (InputStream in = Files.newInputStream(file)) {
            return Checkpoints.read(in);
          }
        });
  }

  private interface Reading<T> {
    T of(Path file) throws IOException;
  }

  /**
   * A file may have been cut off anywhere, so that whatever it makes its reader throw is its fault.
   */
  private <T> T read(String name, Reading<T> reading) {
    Path file = path.resolve(name);
    try {
      return reading.of(file);
    } catch (NoSuchFileException | FileNotFoundException missing) {
      throw new RunFolderException(
          "The file (%s) is missing.%s".formatted(file, repeat(name)), missing);
    } catch (IOException | RuntimeException broken) {
      throw new RunFolderException(
          "The file (%s) cannot be read: %s. It may have been cut off.%s"
              .formatted(file, reason(broken), repeat(name)),
          broken);
    }
  }

  private String repeat(String broken) {
    try {
      String command =
          broken.equals("run.json")
              ? ""
              : RunJson.MAPPER.readTree(path.resolve("run.json").toFile()).path("command").asText();
      return command.isEmpty() ? "" : " Maybe repeat it with: " + command;
    } catch (IOException alsoBroken) {
      return "";
    }
  }
}
