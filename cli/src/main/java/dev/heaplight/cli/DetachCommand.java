package dev.heaplight.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends the recording that attach began. */
@Command(
    name = "detach",
    description = {
      "Ends the recording that 'heaplight attach PID' began.",
      "The agent leaves the JVM, unless it was there since its start."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class DetachCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "Number of the process.")
  private long pid;

  @Override
  public Integer call() throws UserError {
    String what = "cannot detach from " + pid;
    Path jar = Installation.jar("heaplight-agent.jar");
    try (TargetJvm target = TargetJvm.of(pid, what)) {
      if (target.attachedFile() == null) {
        throw new UserError(
            what, "it is not attached", "attach to it first: heaplight attach " + pid);
      }
      TargetJvm.Answer closed = target.await(target.send(jar, "verb=detach"), "closed");
      spec.commandLine().getOut().println("Wrote " + closed.text());
    }
    return 0;
  }
}
