package dev.cascade.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program in another JVM. */
final class ChildJvm {
  /**
   * Other identity hashes than the JDK's usual ones: a run that leans on their order then goes
   * another way.
   */
  static final List<String> OTHER_IDENTITY_HASHES =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=0");

  private ChildJvm() {}

  /** What it printed, once it has ended well. */
  static String run(List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(jvmOptions, arguments);
    String text;
    try (InputStream out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "The JVM that repeats the run ended with " + code + ". What it said is above.");
    }
    return text;
  }

  static Process start(List<String> jvmOptions, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    String more = System.getenv("CASCADE_JAVA_OPTS");
    if (more != null && !more.isBlank()) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dcascade.home=" + System.getProperty("cascade.home", "."));
    command.add(
        "-Dcascade.stderr.terminal=" + System.getProperty("cascade.stderr.terminal", "false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CascadeMain.class.getName());
    command.addAll(Models.arguments());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
