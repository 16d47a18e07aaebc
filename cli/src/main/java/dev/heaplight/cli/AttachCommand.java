package dev.heaplight.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
      description = "Record for so long, such as 500ms, 30s or 5m, and return then.")
  private @Nullable Duration duration;

  @Override
  public Integer call() throws UserError {
    String what = "cannot attach to " + pid;
    List<String> first = new ArrayList<>(List.of("verb=attach"));
    if (duration != null) {
      first.add("duration=" + duration.toMillis() + "ms");
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

  private void attach(TargetJvm target, String request) throws UserError {
    PrintWriter out = spec.commandLine().getOut();
    TargetJvm.Answer opened = target.await(request, "opened");
    if (duration == null) {
      out.println("Recording " + opened.text());
      spec.commandLine().getErr().println("Stop it with: heaplight detach " + pid);
      return;
    }
    long deadlineNanos = System.nanoTime() + duration.toNanos();
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

  /** Reads {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
        throw new TypeConversionException("'" + value + "' is no time such as 500ms, 30s or 5m");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
  }
}
