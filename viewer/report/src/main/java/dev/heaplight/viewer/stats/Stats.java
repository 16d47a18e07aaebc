package dev.heaplight.viewer.stats;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.FrameText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recording's figures and its largest allocation sites.
 *
 * @param model the recording
 * @param topSites largest sites first
 */
public record Stats(RecordingModel model, List<Site> topSites) {
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

  /** Computes the figures of {@code model} with its {@link #TOP_SITES} largest sites. */
  public static Stats of(RecordingModel model) {
    return of(model, TOP_SITES);
  }

  /**
   * Computes the figures of {@code model}.
   *
   * @param sitesWanted how many sites to list at most
   */
  public static Stats of(RecordingModel model, int sitesWanted) {
    Dictionary dictionary = model.dictionary();
    List<Site> sites =
        sumBySite(dictionary, model.totals()).entrySet().stream()
            .map(entry -> site(dictionary, entry.getKey(), entry.getValue()))
            .sorted(LARGEST_FIRST)
            .limit(sitesWanted)
            .toList();
    return new Stats(model, sites);
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
