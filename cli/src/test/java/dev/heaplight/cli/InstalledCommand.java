package dev.heaplight.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command as it was built and installed, run in a JVM of its own. */
final class InstalledCommand {
  private static final Path LAUNCHER = Path.of("../bin/heaplight").toAbsolutePath();
  static final Path AGENT = Path.of("target/dist/lib/heaplight-agent.jar").toAbsolutePath();

  private final Jdk jdk;
  private final Path directory;

  /** The command on {@code jdk}; {@code directory} is for its output. */
  InstalledCommand(Jdk jdk, Path directory) {
    this.jdk = jdk;
    this.directory = directory;
  }

  /** Runs it to its end. */
  CommandRun run(Object... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    Process process =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new CommandRun(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  ProcessBuilder builder(Object... arguments) {
    ProcessBuilder builder = new ProcessBuilder(words(arguments));
    builder.environment().put("JAVA_HOME", jdk.home().toString());
    return builder;
  }

  static List<String> words(Object... arguments) {
    List<String> words = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return words;
  }
}
