package dev.heaplight.viewer.stats;

import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.OffHeapTotals;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.MomentText;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Figures as plain text for a terminal. */
public final class StatsText {
  private static final String UNKNOWN = "unknown";

  private final RecordingModel model;
  private final Stats stats;
  private final Appendable out;

  private StatsText(Stats stats, Appendable out) {
    this.model = stats.view().model();
    this.stats = stats;
    this.out = out;
  }

  /** Writes {@code stats}, several lines. */
  public static void write(Stats stats, Appendable out) throws IOException {
    StatsText text = new StatsText(stats, out);
    text.scope(text.model.header());
    text.allocated();
    text.live();
    text.cost();
    text.top();
    new DistributionText(stats.view(), out).write();
    text.caveats();
  }

  private void scope(RecordingHeader header) throws IOException {
    row("Scope", header.name());
    row("Kind", header.kind());
    if (!header.id().isEmpty()) {
      row("Id", header.id());
    }
    for (var attribute : header.attributes().entrySet()) {
      row(attribute.getKey(), attribute.getValue());
    }
    row("Started", Instant.ofEpochMilli(header.startEpochMillis()).toString());
    String host = header.host().isEmpty() ? UNKNOWN : header.host();
    row("Process", header.pid() + " on host " + host + ", " + header.jvm());
    row("Agent", header.agentVersion() + ", " + header.mode() + " mode" + interval());
    row("Duration", known(model.durationMillis(), Figures::duration));
    row("Ended", ending());
    out.append('\n');
  }

  private String interval() {
    Progress progress = model.progress();
    boolean sampled = model.header().mode().equals("sampled");
    return sampled && progress != null && progress.samplingIntervalBytes() > 0
        ? ", a sample in " + Figures.bytes(progress.samplingIntervalBytes()) + " on average"
        : "";
  }

  private String ending() {
    if (!model.complete() || model.footer() == null) {
      return "not cleanly";
    }
    return switch (model.footer().endReason()) {
      case "closed" -> "closed by the program";
      case "jvm-exit" -> "the JVM exited with the scope open";
      default -> model.footer().endReason();
    };
  }

  private void allocated() throws IOException {
    long bytes = model.totals().totalBytes();
    row("Allocated", exactBytes(bytes));
    row("Objects", Figures.count(model.totals().totalObjects()));
    row("JVM's count", known(model.jvmAllocatedBytes(), StatsText::exactBytes));
    row(
        "Coverage",
        model.coverage().isPresent() ? Figures.percent(model.coverage().getAsDouble()) : UNKNOWN);
  }

  private void live() throws IOException {
    row("Peak live", live(LiveKind.PEAK));
    row("Surviving", live(LiveKind.SURVIVORS));
    row("Temporary", live(LiveKind.TEMPORARY));
    row("Off-heap", model.offHeap().map(StatsText::offHeap).orElse("none recorded"));
    row("GCs", known(model.gcCount(), Figures::count));
    row("Samples", known(model.samples(), Figures::count));
  }

  private String live(LiveKind kind) {
    return model
        .live(kind)
        .map(
            live ->
                exactBytes(live.totals().totalBytes())
                    + " in "
                    + Figures.count(live.totals().totalObjects())
                    + " objects, "
                    + (model.recordings() == 1
                        ? MomentText.of(live.header())
                        : "each recording's own added up"))
        .orElse(UNKNOWN);
  }

  private static String offHeap(OffHeapTotals offHeap) {
    return exactBytes(offHeap.taken().totalBytes())
        + " taken, "
        + exactBytes(offHeap.liveBytes())
        + " still held, "
        + Figures.bytes(offHeap.peakBytes())
        + " at most";
  }

  private void cost() throws IOException {
    row("Agent CPU", known(model.agentCpuNanos(), nanos -> Figures.duration(nanos / 1_000_000)));
    String limit =
        model.agentMemoryLimitBytes().isPresent()
            ? ", " + Figures.bytes(model.agentMemoryLimitBytes().getAsLong()) + " at most"
            : "";
    row("Agent memory", known(model.agentMemoryBytes(), bytes -> exactBytes(bytes) + limit));
  }

  private void top() throws IOException {
    if (stats.top().isEmpty()) {
      // Groups may also be missing because none were asked for.
      if (stats.view().totals().rows() == 0) {
        out.append('\n').append(stats.view().metric().nothing()).append('\n');
      }
      return;
    }
    out.append('\n').append(heading()).append('\n');
    double bytes = Math.max(1, stats.view().totals().totalBytes());
    double objects = Math.max(1, stats.view().totals().totalObjects());
    for (Group group : stats.top()) {
      boolean site = stats.ranking().by() == Grouping.SITE;
      out.append(
          String.format(
              "%10s  %7s%s  %12s x %s\n",
              Figures.bytes(group.bytes()),
              Figures.percent(
                  stats.ranking().byObjects() ? group.objects() / objects : group.bytes() / bytes),
              error(group),
              Figures.count(group.objects()),
              PlainText.oneLine(site ? group.className() : group.name())));
      if (site) {
        out.append(String.format("%21s%s\n", "at ", PlainText.oneLine(group.name())));
      }
    }
  }

  /** Of a sampled figure its relative standard error. */
  private String error(Group group) {
    SamplingError error = SamplingError.of(stats.view());
    if (error == null) {
      return "";
    }
    OptionalDouble relative = error.relative(group.objects(), group.bytes());
    return String.format(
        "  %9s", relative.isPresent() ? "\u00b1" + Figures.percent(relative.getAsDouble()) : "");
  }

  private String heading() {
    Metric metric = stats.view().metric();
    String what =
        switch (stats.ranking().by()) {
          case SITE -> "Largest allocation sites";
          case CLASS -> "Largest classes";
          case PACKAGE -> "Packages whose code allocated most";
          case THREAD -> "Threads that allocated most";
        };
    String unit = stats.ranking().byObjects() ? "objects" : "bytes";
    if (metric != Metric.ALLOCATED) {
      return what + " by " + unit + " " + metric.words();
    }
    return stats.ranking().byObjects() ? what + " by objects" : what;
  }

  private void caveats() throws IOException {
    for (String caveat : stats.view().caveats()) {
      out.append("\nCaveat: ").append(PlainText.oneLine(caveat)).append('\n');
    }
  }

  private void row(String name, String value) throws IOException {
    out.append(String.format("%-12s", PlainText.oneLine(name)))
        .append(' ')
        .append(PlainText.oneLine(value))
        .append('\n');
  }

  private static String exactBytes(long bytes) {
    return Figures.bytes(bytes) + " (" + Figures.count(bytes) + " bytes)";
  }

  private static String known(OptionalLong figure, LongFunction<String> text) {
    return figure.isPresent() ? text.apply(figure.getAsLong()) : UNKNOWN;
  }
}
