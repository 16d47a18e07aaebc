package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.Slices;
import dev.heaplight.viewer.model.UnitedMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The figures of one metric by place of their row: in one part, or in one for each slice of time
 * where those are known.
 *
 * @param startMillis begin of each part; empty when the metric is not known by time
 * @param parts the figures
 */
record PageParts(List<Long> startMillis, List<Part> parts) {
  /**
   * Entries of one part for each row, above which slices become coarser; a page must stay small.
   */
  private static final int MAX_ENTRIES_PER_ROW = 6;

  private static final int MIN_ENTRIES = 20_000;

  /** Figures of one slice. */
  static final class Part {
    private final int[] places;
    private final long[] bytes;
    private final long[] objects;

    /** Figures by place of their row; places rise. */
    private Part(int[] places, long[] bytes, long[] objects) {
      this.places = places;
      this.bytes = bytes;
      this.objects = objects;
    }

    int entries() {
      return places.length;
    }

    void write(Columns columns) throws IOException {
      columns.rising(places);
      columns.numbers(bytes);
      columns.numbers(objects);
    }
  }

  /**
   * The parts of {@code view}, one of {@code metrics}.
   *
   * @param first whether it is the first of them, whose rows are the first ones in the same order
   */
  static PageParts of(MetricView view, boolean first, UnitedMetrics metrics, PageRows rows) {
    Optional<Slices> known = view.model().slices(view.metric());
    if (known.isEmpty()) {
      return new PageParts(List.of(), List.of(whole(view, first, metrics, rows)));
    }
    Slices slices = known.get();
    if (slices.count() == 1) {
      return new PageParts(
          List.of(slices.startMillis(0)), List.of(whole(view, first, metrics, rows)));
    }
    int allowed = Math.max(MIN_ENTRIES, MAX_ENTRIES_PER_ROW * rows.size());
    int together = 1;
    PageParts parts = joined(slices, together, metrics, rows);
    while (parts.entries() > allowed && parts.parts.size() > 2) {
      together *= 2;
      parts = joined(slices, together, metrics, rows);
    }
    return parts;
  }

  /** One part with a figure for each place. */
  static PageParts whole(long[] bytes, long[] objects) {
    return new PageParts(
        List.of(), List.of(new Part(PageRows.identity(bytes.length), bytes, objects)));
  }

  /** Adds the figures of all parts by place. */
  void addTo(long[] bytes, long[] objects) {
    for (Part part : parts) {
      for (int i = 0; i < part.places.length; i++) {
        bytes[part.places[i]] += part.bytes[i];
        objects[part.places[i]] += part.objects[i];
      }
    }
  }

  private int entries() {
    return parts.stream().mapToInt(Part::entries).sum();
  }

  private static Part whole(MetricView view, boolean first, UnitedMetrics metrics, PageRows rows) {
    AllocationTotals totals = view.totals();
    if (first && totals.rows() == metrics.rows()) {
      return all(totals, rows);
    }
    long[] keys = new long[totals.rows()];
    for (int row = 0; row < keys.length; row++) {
      int place =
          rows.place(metrics.row(totals.stack(row), totals.className(row), totals.thread(row)));
      keys[row] = (long) place << Integer.SIZE | row;
    }
    Arrays.sort(keys);
    int[] places = new int[keys.length];
    long[] bytes = new long[keys.length];
    long[] objects = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int row = (int) keys[i];
      places[i] = (int) (keys[i] >>> Integer.SIZE);
      bytes[i] = totals.bytes(row);
      objects[i] = totals.objects(row);
    }
    return new Part(places, bytes, objects);
  }

  /** Of a metric that has every row, and by the same number. */
  private static Part all(AllocationTotals totals, PageRows rows) {
    long[] bytes = new long[rows.size()];
    long[] objects = new long[rows.size()];
    for (int row = 0; row < bytes.length; row++) {
      bytes[rows.place(row)] = totals.bytes(row);
      objects[rows.place(row)] = totals.objects(row);
    }
    return new Part(PageRows.identity(bytes.length), bytes, objects);
  }

  private static PageParts joined(
      Slices slices, int together, UnitedMetrics metrics, PageRows rows) {
    List<Long> starts = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int slice = 0; slice < slices.count(); slice += together) {
      int last = Math.min(slice + together, slices.count()) - 1;
      starts.add(slices.startMillis(slice));
      parts.add(part(slices, slices.firstEntry(slice), slices.endEntry(last), metrics, rows));
    }
    return new PageParts(starts, parts);
  }

  /** What the selection left of some entries; those of the same row are added up. */
  private static Part part(
      Slices slices, int first, int end, UnitedMetrics metrics, PageRows rows) {
    long[] keys = new long[end - first];
    int count = 0;
    for (int entry = first; entry < end; entry++) {
      int row = metrics.row(slices.stack(entry), slices.className(entry), slices.thread(entry));
      if (row >= 0) {
        keys[count++] = (long) rows.place(row) << Integer.SIZE | entry;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] places = new int[count];
    long[] bytes = new long[count];
    long[] objects = new long[count];
    int last = -1;
    for (int i = 0; i < count; i++) {
      int place = (int) (keys[i] >>> Integer.SIZE);
      if (last < 0 || places[last] != place) {
        places[++last] = place;
      }
      bytes[last] += slices.bytes((int) keys[i]);
      objects[last] += slices.objects((int) keys[i]);
    }
    int size = last + 1;
    return new Part(
        Arrays.copyOf(places, size), Arrays.copyOf(bytes, size), Arrays.copyOf(objects, size));
  }

  /** Whether the metric's figures are known by time. */
  boolean isByTime() {
    return !startMillis.isEmpty();
  }
}
