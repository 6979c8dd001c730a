package dev.cascade.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands, options and names of scenarios. */
@Command(
    name = "completion",
    description = "Prints what makes a shell complete commands, options and scenarios.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "  bash:  source <(./cascade completion bash)",
      "  zsh:   source <(./cascade completion zsh)    (after compinit)",
      "  fish:  ./cascade completion fish > ~/.config/fish/completions/cascade.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells that can complete. */
  enum Kind {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  Kind shell = Kind.bash;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script =
        switch (shell) {
          // One script for both: it loads zsh's bashcompinit where it is not in bash.
          case bash, zsh -> AutoComplete.bash("cascade", root);
          case fish -> FishCompletion.of(root);
        };
    spec.commandLine().getOut().print(script.endsWith("\n") ? script : script + "\n");
    spec.commandLine().getOut().flush();
    return ExitCode.AS_EXPECTED.code;
  }
}
