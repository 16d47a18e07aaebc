package dev.heaplight.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a JVM under the agent. */
@Command(
    name = "run",
    description = {
      "Starts a Java program and records the whole process.",
      "For instance: heaplight run -- java -jar worker.jar",
      "Ends with the program's exit code."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class RunCommand implements Callable<Integer> {
  private static final String SESSION_VARIABLE = "HEAPLIGHT_SESSION_DIR";
  private static final int MAX_LISTED = 10;

  @Spec private CommandSpec spec;
  @Mixin private AgentArguments agent;

  @Parameters(
      arity = "1..*",
      paramLabel = "-- java ...",
      hideParamSyntax = true,
      description = "The command that starts the program, as it is without heaplight.")
  private List<String> words;

  @Override
  public Integer call() throws UserError, InterruptedException {
    String path = System.getenv("PATH");
    JavaCommand command = JavaCommand.of(words, path == null ? "" : path);
    String options = agent.text("cannot run " + words.get(0), List.of("track=process"));
    Path jar = Installation.jar("heaplight-agent.jar");
    long startMillis = System.currentTimeMillis();
    try (ForwardedSignals signals = ForwardedSignals.take()) {
      Process child = start(command.withAgent(jar, options));
      signals.sendTo(child);
      int exitCode = child.waitFor();
      report(command, new ProcessRecordings(child.pid(), startMillis));
      return exitCode;
    }
  }

  private Process start(List<String> command) throws UserError {
    try {
      return new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new UserError(
          "cannot run " + words.get(0),
          String.valueOf(e.getMessage()),
          "check the command behind --",
          e);
    }
  }

  private void report(JavaCommand command, ProcessRecordings recordings) {
    Path session = session();
    List<Path> files =
        session == null
            ? recordings.inOwnSession(command.temporaryDirectory())
            : recordings.inSession(session);
    PrintWriter err = spec.commandLine().getErr();
    if (files.isEmpty()) {
      err.println(
          "heaplight: nothing was recorded: the program ended before the agent was ready or as the"
              + " lines above say");
      return;
    }
    files.stream().limit(MAX_LISTED).forEach(file -> err.println("Wrote " + file));
    if (files.size() > MAX_LISTED) {
      Path logs = files.get(0).getParent();
      err.println("and " + (files.size() - MAX_LISTED) + " more recordings in " + logs);
    }
    err.println("Look at it with: heaplight flamegraph " + ShellWord.of(files.get(0).toString()));
  }

  private @Nullable Path session() {
    Path given = agent.session();
    String variable = System.getenv(SESSION_VARIABLE);
    return given != null || variable == null || variable.isEmpty()
        ? given
        : Path.of(variable).toAbsolutePath();
  }
}
