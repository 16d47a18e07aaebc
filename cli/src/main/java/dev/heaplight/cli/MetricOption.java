package dev.heaplight.cli;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which of a recording's figures a verb is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class MetricOption {
  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      defaultValue = "allocated",
      converter = ByKey.class,
      description = {
        "What to show: allocated, peak, surviving, temporary, off-heap or off-heap-live.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Metric metric;

  /** Finds a metric by the name users type. */
  static final class ByKey implements ITypeConverter<Metric> {
    @Override
    public Metric convert(String value) {
      return Arrays.stream(Metric.values())
          .filter(metric -> metric.key().equalsIgnoreCase(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of ["
                          + Arrays.stream(Metric.values())
                              .map(Metric::key)
                              .collect(Collectors.joining(", "))
                          + "] but was '"
                          + value
                          + "'"));
    }
  }

  /** {@code report}, with the metric in it unless that is the usual one. */
  String reportName(String report) {
    return metric == Metric.ALLOCATED ? report : report + "-" + metric.key();
  }

  /** The view of {@code model} through the metric. */
  MetricView of(RecordingModel model) throws UserError {
    return MetricView.of(model, metric).orElseThrow(() -> absent(model));
  }

  /** Whether {@code model} knows the metric. */
  boolean isIn(RecordingModel model) {
    return MetricView.of(model, metric).isPresent();
  }

  /** The same; a recording of the agent without off-heap figures took nothing there. */
  MetricView orNothing(RecordingModel model) throws UserError {
    boolean offHeap = metric == Metric.OFF_HEAP || metric == Metric.OFF_HEAP_LIVE;
    return offHeap && !isIn(model) && !model.header().mode().equals("jfr")
        ? MetricView.nothing(model, metric)
        : of(model);
  }

  private UserError absent(RecordingModel model) {
    boolean offHeap = metric == Metric.OFF_HEAP || metric == Metric.OFF_HEAP_LIVE;
    return new UserError(
        "cannot show metric " + metric.key(),
        "recording has no "
            + (offHeap ? "off-heap" : metric == Metric.PEAK ? "peak live" : metric.key())
            + " figures: file="
            + model.file()
            + ", mode="
            + model.header().mode()
            + ", agent="
            + model.header().agentVersion(),
        model.header().mode().equals("jfr")
            ? "record with the agent to have them, or use --metric allocated"
            : offHeap
                ? "the scope took no memory outside the heap or the agent did not track it"
                : "record without the agent's live=off, let the scope run longer or use --metric allocated");
  }
}
