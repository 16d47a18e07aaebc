package dev.heaplight.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records a JVM that runs already. */
@Command(
    name = "attach",
    description = {
      "Records the whole process of a JVM that runs already.",
      "Without --duration until 'heaplight detach PID' or the process's end."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class AttachCommand implements Callable<Integer> {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  @Spec private CommandSpec spec;
  @Mixin private AgentArguments agent;

  @Parameters(paramLabel = "PID", description = "Number of the process.")
  private long pid;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = DurationConverter.NEVER,
      description = "Record for so long, such as 500ms, 30s or 5m, and return then.")
  private long durationMillis;

  @Override
  public Integer call() throws UserError {
    String what = "cannot attach to " + pid;
    if (durationMillis == 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--duration': it is nothing");
    }
    List<String> first = new ArrayList<>(List.of("verb=attach"));
    if (ends()) {
      first.add("duration=" + durationMillis + "ms");
    }
    String options = agent.text(what, first);
    Path jar = Installation.jar("heaplight-agent.jar");
    try (TargetJvm target = TargetJvm.of(pid, what)) {
      String file = target.attachedFile();
      if (file != null) {
        throw new UserError(
            what, "it is attached already, recording " + file, "detach from it first");
      }
      InterruptedAttach interrupted = new InterruptedAttach(target, jar, spec.commandLine());
      interrupted.expect();
      try {
        attach(target, target.send(jar, options));
      } finally {
        interrupted.expectNoMore();
      }
    }
    return 0;
  }

  private boolean ends() {
    return durationMillis != Long.MAX_VALUE;
  }

  private void attach(TargetJvm target, String request) throws UserError {
    PrintWriter out = spec.commandLine().getOut();
    TargetJvm.Answer opened = target.await(request, "opened");
    if (!ends()) {
      out.println("Recording " + opened.text());
      spec.commandLine().getErr().println("Stop it with: heaplight detach " + pid);
      return;
    }
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMillis);
    while (target.isAlive() && System.nanoTime() < deadlineNanos) {
      LockSupport.parkNanos(LOOK_NANOS); // and leaves the JVM alone meanwhile
    }
    try {
      TargetJvm.Answer unused = target.await(request, "closed");
    } catch (UserError e) {
      if (target.isAlive()) {
        throw e;
      }
      spec.commandLine().getErr().println("note: process " + pid + " ended before its time was up");
    }
    out.println("Wrote " + opened.text());
  }
}
