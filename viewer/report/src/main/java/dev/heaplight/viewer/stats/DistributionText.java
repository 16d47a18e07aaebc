package dev.heaplight.viewer.stats;

import dev.heaplight.format.Lifetime;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.MemoryBreakdown;
import dev.heaplight.viewer.model.MemoryPart;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.Figures;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** How sizes, the process's memory and ages at death are distributed, as text. */
final class DistributionText {
  private final RecordingModel model;
  private final MetricView view;
  private final Appendable out;

  DistributionText(MetricView view, Appendable out) {
    this.model = view.model();
    this.view = view;
    this.out = out;
  }

  void write() throws IOException {
    sizes();
    memory();
    parts();
    lifetimes();
  }

  private void sizes() throws IOException {
    List<SizeClass> classes = SizeClass.of(view);
    if (classes.isEmpty()) {
      return;
    }
    out.append("\nObjects by the average size at their stack\n");
    double all = Math.max(1, view.totals().totalBytes());
    for (SizeClass size : classes) {
      String range = Figures.bytes(size.minBytes()) + " to " + Figures.bytes(size.endBytes());
      row(size.bytes(), all, size.objects(), range);
    }
  }

  private void memory() throws IOException {
    if (model.memory().memory().isEmpty()) {
      return;
    }
    out.append("\nMemory of the process while the scope was open\n");
    for (MemoryExtreme.Kind kind : MemoryExtreme.Kind.values()) {
      MemoryExtreme extreme = MemoryExtreme.of(model.memory().memory(), kind).orElse(null);
      if (extreme != null) {
        out.append(
            String.format(
                "%10s at most, %10s at least  %s, most after %s\n",
                Figures.bytes(extreme.maxBytes()),
                Figures.bytes(extreme.minBytes()),
                kind.words(),
                Figures.duration(extreme.maxMillis())));
      }
    }
  }

  /** At the first look, when it was most, and at the last: what has grown shows at once. */
  private void parts() throws IOException {
    List<MemoryBreakdown> all = MemoryBreakdown.of(model.memory());
    if (all.isEmpty()) {
      return;
    }
    MemoryBreakdown most =
        Collections.max(all, Comparator.comparingLong(MemoryBreakdown::rssBytes));
    List<MemoryBreakdown> shown = List.of(all.get(0), most, all.get(all.size() - 1));
    out.append("\nWhat the memory of the process was: at first, when most was resident, at last\n");
    columns(shown, at -> Figures.duration(at.elapsedMillis()), "after the scope was opened");
    columns(shown, at -> Figures.bytes(at.rssBytes()), "Resident");
    for (MemoryPart part : MemoryPart.values()) {
      if (shown.stream().anyMatch(at -> at.parts().containsKey(part))) {
        columns(
            shown,
            at -> {
              Long bytes = at.parts().get(part);
              return bytes == null ? "unknown" : Figures.bytes(bytes);
            },
            "  " + part.words());
      }
    }
    columns(shown, at -> Figures.bytes(at.restBytes()), "  Rest, at least");
    if (most.threads() != Progress.UNKNOWN) {
      columns(shown, at -> Figures.count(at.threads()), "Number of threads");
    }
  }

  private void columns(
      List<MemoryBreakdown> shown, Function<MemoryBreakdown, String> figure, String what)
      throws IOException {
    for (MemoryBreakdown at : shown) {
      out.append(String.format("%10s  ", figure.apply(at)));
    }
    out.append(what).append('\n');
  }

  private void lifetimes() throws IOException {
    if (model.memory().lifetimes().isEmpty()) {
      return;
    }
    out.append("\nObjects that died, by garbage collections survived\n");
    deaths(Lifetime::collectionsSurvived, n -> n == 1 ? "1 GC" : Figures.count(n) + " GCs");
    out.append("\nObjects that died, by age\n");
    deaths(Lifetime::millisLog2, DistributionText::age);
  }

  private static String age(int log2) {
    long from = log2 == 0 ? 0 : 1L << log2;
    return Figures.duration(from) + " to " + Figures.duration(2L << log2);
  }

  private void deaths(ToIntFunction<Lifetime> key, IntFunction<String> words) throws IOException {
    Map<Integer, long[]> sums = new TreeMap<>();
    double all = 0;
    for (Lifetime lifetime : model.memory().lifetimes()) {
      long[] sum = sums.computeIfAbsent(key.applyAsInt(lifetime), missing -> new long[2]);
      sum[0] += lifetime.bytes();
      sum[1] += lifetime.objects();
      all += lifetime.bytes();
    }
    for (Map.Entry<Integer, long[]> sum : sums.entrySet()) {
      row(sum.getValue()[0], Math.max(1, all), sum.getValue()[1], words.apply(sum.getKey()));
    }
  }

  private void row(long bytes, double all, long objects, String what) throws IOException {
    out.append(
        String.format(
            "%10s  %7s  %12s x %s\n",
            Figures.bytes(bytes), Figures.percent(bytes / all), Figures.count(objects), what));
  }
}
