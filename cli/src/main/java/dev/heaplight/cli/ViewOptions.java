package dev.heaplight.cli;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Which recordings, which metric and which part of it a report is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ViewOptions {
  @Mixin private RecordingInputs inputs;
  @Mixin private MetricOption metric;

  @Mixin private SelectionOptions selection;

  private boolean sliced;

  /** Asks for what was allocated slice by slice of time, too. */
  void withSlices() {
    sliced = true;
  }

  RecordingInputs inputs() {
    return inputs;
  }

  MetricOption metric() {
    return metric;
  }

  /** Reads all recordings as one view; notes about them go to {@code err}. */
  MetricView read(PrintWriter err) throws UserError {
    TimeWindow window = selection.window();
    return view(inputs.read(sliced ? window.withSlices() : window, err));
  }

  /** The same view of other recordings. */
  MetricView read(Path other, PrintWriter err) throws UserError {
    return view(new RecordingInputs(List.of(other)).read(selection.window(), err));
  }

  private MetricView view(RecordingModel model) throws UserError {
    return metric.of(model).select(selection.selection());
  }
}
