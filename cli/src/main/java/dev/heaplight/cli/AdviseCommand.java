package dev.heaplight.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.heaplight.viewer.advice.Advice;
import dev.heaplight.viewer.advice.AdviceJson;
import dev.heaplight.viewer.advice.AdviceText;
import dev.heaplight.viewer.advice.Advisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how much may run side by side. */
@Command(
    name = "advise",
    description = {
      "Says how many of each task fit side by side into a given memory, from their recorded peaks, "
          + "and whether more ran at once than fit."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AdviseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RecordingInputs inputs;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Memory there is: 10GB. Default: that of this machine or container.")
  private @Nullable Long memory;

  @Option(
      names = "--usable",
      paramLabel = "SHARE",
      defaultValue = "0.95",
      description = "Share of it that may be used. Default: ${DEFAULT-VALUE}.")
  private double usable;

  @Option(
      names = "--base",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = {
        "What the workers need beside their tasks, all together.",
        "Default: what the recordings saw, the least heap in use and what was outside the heap."
      })
  private @Nullable Long base;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws UserError, IOException {
    if (!(usable > 0 && usable <= 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--usable': " + usable + " is not above 0 and at most 1");
    }
    if (memory != null && memory == 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--memory': there must be some");
    }
    Advisor advisor = new Advisor();
    inputs.forEachOutline(spec.commandLine().getErr(), advisor::add);
    Advice advice =
        advisor.advise(
            memory == null ? machineBytes() : memory,
            usable,
            base == null ? OptionalLong.empty() : OptionalLong.of(base));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      AdviceJson.write(advice, out);
    } else {
      AdviceText.write(advice, memory == null ? "all of this machine's" : "--memory", out);
    }
    return 0;
  }

  /** The JVM knows the limit of its container. */
  private static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
