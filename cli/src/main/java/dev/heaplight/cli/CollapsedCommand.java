package dev.heaplight.cli;

import dev.heaplight.viewer.export.CollapsedStacks;
import dev.heaplight.viewer.model.MetricView;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes collapsed stacks. */
@Command(
    name = "collapsed",
    description = {
      "Writes collapsed stacks: one line per stack and allocated class, then its bytes.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CollapsedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RecordingArgument recording;
  @Mixin private MetricOption metric;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError, IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (output.toStandardOutput()) {
      CollapsedStacks.write(metric.of(recording.read(err)), out);
      return 0;
    }
    OutputFile file = output.file(recording.file(), metric.reportName("collapsed"), "txt");
    file.check();
    MetricView view = metric.of(recording.read(err));
    Path written = file.write(stream -> write(view, stream));
    out.println("Wrote " + written);
    return 0;
  }

  private static void write(MetricView view, OutputStream stream) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    CollapsedStacks.write(view, writer);
    writer.flush();
  }
}
