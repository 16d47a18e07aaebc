package dev.heaplight.cli;

import dev.heaplight.viewer.model.MetricView;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;

/** Which recordings, which metric and which part of it a report is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ViewOptions {
  @Mixin private RecordingInputs inputs;
  @Mixin private MetricOption metric;

  @Mixin private SelectionOptions selection;

  RecordingInputs inputs() {
    return inputs;
  }

  MetricOption metric() {
    return metric;
  }

  /** Reads all recordings as one view; notes about them go to {@code err}. */
  MetricView read(PrintWriter err) throws UserError {
    return metric.of(inputs.read(selection.window(), err)).select(selection.selection());
  }
}
