package dev.heaplight.viewer.compare;

import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** What a report must say next to a comparison. */
public final class ComparisonCaveats {
  private ComparisonCaveats() {}

  /** All that is to be said of a comparison: of the new side, of the base, of both. */
  public static List<String> all(MetricView base, MetricView next) {
    List<String> caveats = new ArrayList<>(of(next));
    for (String caveat : of(base)) {
      caveats.add("Of the base: " + caveat);
    }
    caveats.addAll(ofBoth(base, next));
    return caveats;
  }

  /** What is to be said of one side alone. */
  static List<String> of(MetricView side) {
    List<String> caveats = new ArrayList<>(side.caveats());
    boolean bound =
        side.metric() == Metric.SURVIVING
            && side.model()
                .live(LiveKind.SURVIVORS)
                .filter(live -> live.header().collector().isEmpty())
                .isPresent();
    if (bound) {
      caveats.add(
          "No garbage collection was seen after the scope's end: what survived is an upper bound.");
    }
    return caveats;
  }

  /** In what the two were recorded differently, so that a change may come from that alone. */
  static List<String> ofBoth(MetricView base, MetricView next) {
    List<String> caveats = new ArrayList<>();
    differs(caveats, "mode", base.model().header().mode(), next.model().header().mode());
    differs(
        caveats,
        "agent",
        base.model().header().agentVersion(),
        next.model().header().agentVersion());
    differs(caveats, "sampling interval at the end", interval(base), interval(next));
    differs(caveats, "JVM", base.model().header().jvm(), next.model().header().jvm());
    return caveats;
  }

  private static void differs(List<String> caveats, String what, String base, String next) {
    if (!base.equals(next)) {
      caveats.add("The " + what + " was not the same: base=" + base + ", new=" + next + ".");
    }
  }

  private static String interval(MetricView view) {
    RecordingModel model = view.model();
    Progress progress = model.progress();
    return progress == null ? "unknown" : Figures.bytes(progress.samplingIntervalBytes());
  }
}
