package dev.heaplight.viewer.stats;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.FrameText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recording's figures and its largest allocation sites by one metric.
 *
 * @param view the recording and the metric
 * @param topSites the metric's largest sites first
 */
public record Stats(MetricView view, List<Site> topSites) {
  /** Number of sites that are listed unless asked otherwise. */
  public static final int TOP_SITES = 10;

  private static final Comparator<Site> LARGEST_FIRST =
      Comparator.comparingLong(Site::bytes)
          .reversed()
          .thenComparing(Site::frame)
          .thenComparing(Site::className);

  /** Copies {@code topSites}. */
  public Stats {
    topSites = List.copyOf(topSites);
  }

  private record SiteKey(int frame, int className) {}

  private static final class Sum {
    private long bytes;
    private long objects;
  }

  /**
   * Computes the figures of {@code view}.
   *
   * @param sitesWanted how many sites to list at most
   */
  public static Stats of(MetricView view, int sitesWanted) {
    Dictionary dictionary = view.model().dictionary();
    List<Site> sites =
        sumBySite(dictionary, view.totals()).entrySet().stream()
            .map(entry -> site(dictionary, entry.getKey(), entry.getValue()))
            .sorted(LARGEST_FIRST)
            .limit(sitesWanted)
            .toList();
    return new Stats(view, sites);
  }

  private static Map<SiteKey, Sum> sumBySite(Dictionary dictionary, AllocationTotals totals) {
    Map<SiteKey, Sum> sums = new HashMap<>();
    for (int row = 0; row < totals.rows(); row++) {
      int stack = totals.stack(row);
      int frame = stack == Dictionary.EMPTY_STACK ? -1 : dictionary.frameOf(stack);
      Sum sum = sums.computeIfAbsent(new SiteKey(frame, totals.className(row)), key -> new Sum());
      sum.bytes += totals.bytes(row);
      sum.objects += totals.objects(row);
    }
    return sums;
  }

  private static Site site(Dictionary dictionary, SiteKey key, Sum sum) {
    String frame =
        key.frame() < 0
            ? FrameText.UNKNOWN_STACK
            : FrameText.stackTraceLine(dictionary.frame(key.frame()));
    return new Site(frame, dictionary.string(key.className()), sum.bytes, sum.objects);
  }
}
