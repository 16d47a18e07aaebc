package dev.heaplight.server.top;

import java.util.Comparator;
import java.util.List;

/**
 * In which order rows stand.
 *
 * @param column what they are sorted by
 * @param reversed whether the other way round: smallest figures first
 */
public record TopOrder(TopColumn column, boolean reversed) {
  /** Largest resident sets first, and of a worker the tasks that may hold most. */
  public static final TopOrder USUAL = new TopOrder(TopColumn.RSS, false);

  /** All columns, from left to right. */
  public static final List<TopColumn> COLUMNS = List.of(TopColumn.values());

  /** By this column, or the other way round if it is by this column already. */
  public TopOrder by(TopColumn other) {
    return new TopOrder(other, other == column && !reversed);
  }

  /** By the column so many places further to the right, round at the end. */
  public TopOrder shifted(int places) {
    int place = Math.floorMod(COLUMNS.indexOf(column) + places, COLUMNS.size());
    return new TopOrder(COLUMNS.get(place), false);
  }

  /** Compares rows; those that are alike by what they may hold, so that no figures dance. */
  Comparator<TopRow> comparator() {
    Comparator<TopRow> order = reversed ? column.order().reversed() : column.order();
    return order.thenComparing(TopColumn.HEAP.order()).thenComparing(TopRow::key);
  }
}
