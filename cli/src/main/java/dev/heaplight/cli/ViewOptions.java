package dev.heaplight.cli;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which recordings, which metric and which part of it a report is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ViewOptions {
  @Mixin private RecordingInputs inputs;
  @Mixin private MetricOption metric;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "0",
      converter = DurationConverter.class,
      description = "Only what came this long after the scope's open: 500ms, 2.5s, 3m, 1h.")
  private long fromMillis;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = DurationConverter.NEVER,
      description = "Only what came before this time after the scope's open.")
  private long toMillis;

  @Option(
      names = "--thread",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Only threads in whose name this is found. May be repeated: any of them.")
  private List<Pattern> threads = List.of();

  @Option(
      names = "--class",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Only allocated classes in whose name this is found. May be repeated.")
  private List<Pattern> classes = List.of();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Only stacks with a frame (com.acme.Job.run) in which this is found.")
  private List<Pattern> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "No stacks with a frame in which this is found.")
  private List<Pattern> exclude = List.of();

  RecordingInputs inputs() {
    return inputs;
  }

  MetricOption metric() {
    return metric;
  }

  /** Reads all recordings as one view; notes about them go to {@code err}. */
  MetricView read(PrintWriter err) throws UserError {
    return of(inputs.read(window(), err));
  }

  /** The view of one recording that was read within {@link #window}. */
  MetricView of(RecordingModel model) throws UserError {
    return metric.of(model).select(selection());
  }

  TimeWindow window() throws UserError {
    if (toMillis <= fromMillis) {
      throw new UserError(
          "cannot show that time",
          "--to is not after --from",
          "give a later --to or an earlier --from");
    }
    return new TimeWindow(fromMillis, toMillis);
  }

  Selection selection() {
    return new Selection(threads, classes, include, exclude);
  }
}
