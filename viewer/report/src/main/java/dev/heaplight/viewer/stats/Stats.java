package dev.heaplight.viewer.stats;

import dev.heaplight.viewer.model.MetricView;
import java.util.List;

/**
 * A recording's figures and its largest groups by one metric.
 *
 * @param view the recording and the metric
 * @param ranking all groups of what was asked for
 * @param listed how many groups to list at most
 */
public record Stats(MetricView view, Ranking ranking, int listed) {
  /** Number of groups that are listed unless asked otherwise. */
  public static final int TOP_SITES = 10;

  /**
   * Figures with allocation sites, those with the most bytes first.
   *
   * @param sitesWanted how many sites to list at most
   */
  public static Stats of(MetricView view, int sitesWanted) {
    return of(view, sitesWanted, Grouping.SITE, false);
  }

  /**
   * Figures of {@code view}.
   *
   * @param listed how many groups to list at most
   * @param by what to rank
   * @param byObjects whether the most objects come first, otherwise the most bytes
   */
  public static Stats of(MetricView view, int listed, Grouping by, boolean byObjects) {
    return new Stats(view, Ranking.of(view, by, byObjects), listed);
  }

  /** The groups to list. */
  public List<Group> top() {
    return ranking.groups().subList(0, Math.min(listed, ranking.groups().size()));
  }

  /** The same when groups are sites. */
  public List<Site> topSites() {
    return top().stream()
        .map(group -> new Site(group.name(), group.className(), group.bytes(), group.objects()))
        .toList();
  }
}
