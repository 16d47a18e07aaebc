package dev.heaplight.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints where a jar of the installation is. */
@Command(
    name = "path",
    description = {
      "Prints the absolute path of the agent's jar or of the API's jar.",
      "For instance: java -javaagent:$(heaplight path agent) -jar worker.jar"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PathCommand implements Callable<Integer> {
  /** Jars by the names users type, which is why they are in small letters. */
  enum Jar {
    agent,
    api
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "agent|api", description = "Which jar.")
  private Jar jar;

  @Override
  public Integer call() throws UserError {
    String fileName = "heaplight-" + jar + ".jar";
    spec.commandLine().getOut().println(Installation.jar(fileName));
    return 0;
  }
}
