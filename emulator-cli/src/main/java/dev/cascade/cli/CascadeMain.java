package dev.cascade.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code cascade} command. */
@Command(
    name = "cascade",
    description = "Emulates distributed systems, so that outages happen in it.",
    mixinStandardHelpOptions = true,
    version = "cascade 0.1.0-SNAPSHOT")
public final class CascadeMain implements Runnable {

  private CascadeMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new CascadeMain()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }

  @Command(name = "version", description = "Prints the version.")
  void version() {
    System.out.println("cascade 0.1.0-SNAPSHOT");
  }
}
