package dev.heaplight.viewer.table;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.FrameText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Allocation sites, each a class allocated at a line or a kind of memory taken there, with the
 * bytes of every metric that the recording knows. A metric's bytes of all sites sum up to its
 * total. Rows are numbered from 0, those with the most bytes of the view's own metric first.
 */
public final class SiteTable {
  private final MetricView view;
  private final List<Metric> metrics;
  private final List<Site> sites;

  private record SiteKey(int frame, int className) {}

  private static final class Site {
    private final String frame;
    private final String className;
    private final long[] bytes;
    private long objects;

    Site(String frame, String className, int metrics) {
      this.frame = frame;
      this.className = className;
      this.bytes = new long[metrics];
    }
  }

  private SiteTable(MetricView view, List<Metric> metrics, List<Site> sites) {
    this.view = view;
    this.metrics = List.copyOf(metrics);
    this.sites = List.copyOf(sites);
  }

  /** The sites of {@code view}, and of the recording's other metrics within its selection. */
  public static SiteTable of(MetricView view) {
    List<MetricView> views = new ArrayList<>(List.of(view));
    for (Metric metric : Metric.values()) {
      if (metric != view.metric()) {
        MetricView.of(view.model(), metric)
            .ifPresent(other -> views.add(other.select(view.selection())));
      }
    }
    Map<SiteKey, Site> sites = new HashMap<>();
    for (int i = 0; i < views.size(); i++) {
      add(views, i, sites);
    }
    Comparator<Site> largestFirst =
        Comparator.<Site>comparingLong(site -> site.bytes[0])
            .reversed()
            .thenComparing(site -> site.frame)
            .thenComparing(site -> site.className);
    return new SiteTable(
        view,
        views.stream().map(MetricView::metric).toList(),
        sites.values().stream().sorted(largestFirst).toList());
  }

  private static void add(List<MetricView> views, int place, Map<SiteKey, Site> sites) {
    Dictionary dictionary = views.get(place).model().dictionary();
    AllocationTotals totals = views.get(place).totals();
    for (int row = 0; row < totals.rows(); row++) {
      int stack = totals.stack(row);
      int frame = stack == Dictionary.EMPTY_STACK ? -1 : dictionary.frameOf(stack);
      SiteKey key = new SiteKey(frame, totals.className(row));
      Site site = sites.computeIfAbsent(key, missing -> site(missing, dictionary, views.size()));
      site.bytes[place] += totals.bytes(row);
      site.objects += place == 0 ? totals.objects(row) : 0;
    }
  }

  private static Site site(SiteKey key, Dictionary dictionary, int metrics) {
    String frame =
        key.frame() < 0
            ? FrameText.UNKNOWN_STACK
            : FrameText.stackTraceLine(dictionary.frame(key.frame()));
    return new Site(frame, dictionary.string(key.className()), metrics);
  }

  /** The view the table is of. */
  public MetricView view() {
    return view;
  }

  /** Metrics that the recording knows, the view's own first. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** Number of sites. */
  public int size() {
    return sites.size();
  }

  /** Innermost frame of a row as in a stack trace. */
  public String frame(int row) {
    return sites.get(row).frame;
  }

  /** Allocated class of a row, or the kind of memory. */
  public String className(int row) {
    return sites.get(row).className;
  }

  /** Bytes of a row in one metric; 0 when it has none or the metric is not known. */
  public long bytes(int row, Metric metric) {
    int place = metrics.indexOf(metric);
    return place < 0 ? 0 : sites.get(row).bytes[place];
  }

  /** Objects of a row in the view's own metric. */
  public long objects(int row) {
    return sites.get(row).objects;
  }

  /** Bytes of all rows in one metric. */
  public long totalBytes(Metric metric) {
    return IntStream.range(0, size()).mapToLong(row -> bytes(row, metric)).sum();
  }
}
