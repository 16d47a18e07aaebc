package dev.heaplight.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Switches how the scopes of a running worker are captured. */
@Command(
    name = "mode",
    description = {
      "Switches how scopes that open from now on are captured, in a JVM with the agent.",
      "Scopes that are open stay as they are."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class ModeCommand implements Callable<Integer> {
  private static final List<String> MODES = List.of("exact", "sampled", "off");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PID", description = "Number of the process.")
  private long pid;

  @Parameters(index = "1", paramLabel = "MODE", description = "exact, sampled or off.")
  private String mode;

  @Override
  public Integer call() throws UserError {
    String what = "cannot switch the mode of " + pid;
    if (!MODES.contains(mode)) {
      throw new UserError(what, "no such mode: " + mode, "give exact, sampled or off");
    }
    Path jar = Installation.jar("heaplight-agent.jar");
    try (TargetJvm target = TargetJvm.of(pid, what)) {
      TargetJvm.Answer done = target.await(target.send(jar, "verb=mode,mode=" + mode), "closed");
      spec.commandLine().getOut().println("New scopes are captured in mode " + done.text());
    }
    return 0;
  }
}
