package dev.cascade.cli;

import dev.cascade.run.RunFolderException;
import dev.cascade.run.UnsupportedScenarioException;
import dev.cascade.run.Version;
import dev.cascade.scenario.ScenarioException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code cascade} command. */
@Command(
    name = "cascade",
    description = "Emulates distributed systems, so that outages happen in it.",
    mixinStandardHelpOptions = true,
    versionProvider = CascadeMain.VersionProvider.class,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      ValidateCommand.class,
      CompareCommand.class,
      SweepCommand.class,
      SensitivityCommand.class,
      ExploreCommand.class,
      ShrinkCommand.class,
      ReplayCommand.class,
      ReplayWorker.class,
      WhyCommand.class,
      QueryCommand.class,
      ReportCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      InitCommand.class,
      SchemaCommand.class,
      CompletionCommand.class,
      DoctorCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 as expected, 1 a property deviated, 2 usage or invalid scenario,",
      "3 inconclusive, 4 time limit, 70 internal error, 130 interrupted."
    })
public final class CascadeMain implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "JAR",
      scope = ScopeType.INHERIT,
      description = "Jars with models of your own, or folders of such.")
  List<Path> models = new ArrayList<>();

  private CascadeMain() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(out, err, args));
  }

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commands =
        new CommandLine(new CascadeMain())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(CascadeMain::correct)
            .setExecutionExceptionHandler(CascadeMain::explain)
            .setExecutionStrategy(CascadeMain::withModels);
    numbers(commands);
    return commands.execute(args);
  }

  /** Runs the command with the models that the user named. */
  private static int withModels(ParseResult parsed) {
    CascadeMain main = (CascadeMain) parsed.commandSpec().root().userObject();
    Runnable undo;
    try {
      undo = Models.with(main.models);
    } catch (UsageException wrong) {
      return explain(wrong, parsed.commandSpec().commandLine(), parsed);
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } finally {
      undo.run();
    }
  }

  /** Numbers are refused in our own words. */
  private static void numbers(CommandLine commands) {
    commands.registerConverter(Long.class, text -> number(text, Long::valueOf));
    commands.registerConverter(int.class, text -> number(text, Integer::valueOf));
  }

  private static <N> N number(String text, Function<String, N> parse) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException wrong) {
      throw new CommandLine.TypeConversionException(
          "(%s) is no whole number, or too large.".formatted(text));
    }
  }

  /** What is wrong with what was typed, in a line or two: the whole help would hide it. */
  private static int correct(CommandLine.ParameterException wrong, String[] typed) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    List<String> unmatched =
        wrong instanceof CommandLine.UnmatchedArgumentException unknown
            ? unknown.getUnmatched()
            : List.of();
    if (unmatched.isEmpty()) {
      err.println("cascade: " + Typing.inOurWords(String.valueOf(wrong.getMessage())));
    } else {
      err.println("cascade: " + Typing.unknown(command, unmatched.get(0), List.of(typed)));
    }
    err.println("  Maybe see: ./" + name + " --help");
    err.flush();
    return ExitCode.USAGE.code;
  }

  /** No command was given. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code;
  }

  /** One readable block, and a stack trace only for those who ask for it. */
  private static int explain(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean verbose = parsed.hasMatchedOption("-v");
    ExitCode code = ExitCode.INTERNAL;
    if (thrown instanceof ScenarioException invalid) {
      invalid.problems().forEach(err::println);
      code = ExitCode.USAGE;
    } else if (isUsersOwn(thrown)) {
      err.println("cascade: " + thrown.getMessage());
      code = ExitCode.USAGE;
    } else {
      err.println("cascade: this should not have happened: " + thrown);
      err.println(verbose ? "" : "  Maybe repeat it with -v, and report what it says.");
    }
    if (verbose) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return code.code;
  }

  private static boolean isUsersOwn(Exception thrown) {
    return List.of(
            UsageException.class,
            UnsupportedScenarioException.class,
            RunFolderException.class,
            dev.cascade.property.ExpressionException.class)
        .contains(thrown.getClass());
  }

  /** Prints {@code --version}. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"cascade " + Version.of()};
    }
  }
}
