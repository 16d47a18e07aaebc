package dev.heaplight.viewer.model;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Footer;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins any number of recordings into one model: every figure is the sum of theirs, whatever the
 * order. Memory grows with distinct stacks, not with recordings. Not thread-safe.
 *
 * <p>What is alive adds up each recording's own peak, although those need not have been at the same
 * time. Samples of a process's memory are dropped: the same process would count many times.
 */
public final class ModelJoiner {
  private record Bucket(int collectionsSurvived, int millisLog2) {}

  private final DictionaryBuilder dictionary = new DictionaryBuilder();
  private final AllocationTotals totals = new AllocationTotals();
  private final Map<LiveKind, LiveComposition> compositions = new EnumMap<>(LiveKind.class);
  private final Map<LiveKind, Integer> known = new EnumMap<>(LiveKind.class);
  private final List<GcPoint> collections = new ArrayList<>();
  private final Map<Bucket, Lifetime> lifetimes = new LinkedHashMap<>();
  private final Map<String, Integer> notes = new TreeMap<>();
  private final JoinedHeader header = new JoinedHeader();
  private final JoinedCost cost = new JoinedCost();
  private @Nullable OffHeapTotals offHeap;

  /** The first recording, until a second comes: most often there is none, and nothing to join. */
  private @Nullable RecordingModel first;

  /** A joiner without recordings. */
  public ModelJoiner() {}

  /** Adds a recording. */
  public void add(RecordingModel model) {
    boolean isFirst = header.recordings() == 0;
    header.add(model);
    cost.add(model);
    if (isFirst) {
      first = model;
      return;
    }
    if (first != null) {
      join(first);
      first = null;
    }
    join(model);
  }

  private void join(RecordingModel model) {
    Dictionary from = model.dictionary();
    Renumbering numbers = new Renumbering(from, dictionary);
    numbers.add(model.totals(), totals);
    model.memory().compositions().values().forEach(live -> addLive(live, numbers));
    model.memory().compositions().keySet().forEach(kind -> known.merge(kind, 1, Integer::sum));
    model.offHeap().ifPresent(other -> addOffHeap(other, numbers));
    collections.addAll(model.memory().collections());
    for (Lifetime lifetime : model.memory().lifetimes()) {
      lifetimes.merge(
          new Bucket(lifetime.collectionsSurvived(), lifetime.millisLog2()),
          lifetime,
          ModelJoiner::sum);
    }
    model.notes().forEach(note -> notes.merge(note, 1, Integer::sum));
  }

  private static Lifetime sum(Lifetime one, Lifetime other) {
    return new Lifetime(
        one.collectionsSurvived(),
        one.millisLog2(),
        one.objects() + other.objects(),
        one.bytes() + other.bytes());
  }

  private void addLive(LiveComposition live, Renumbering numbers) {
    LiveHeader more = live.header();
    LiveComposition before = compositions.get(more.kind());
    AllocationTotals sum = before == null ? new AllocationTotals() : before.totals();
    numbers.add(live.totals(), sum);
    LiveHeader joined =
        before == null
            ? new LiveHeader(
                more.kind(),
                more.elapsedMillis(),
                more.collection(),
                more.collector(),
                more.samples())
            : new LiveHeader(
                more.kind(),
                Math.max(before.header().elapsedMillis(), more.elapsedMillis()),
                fewest(before.header().collection(), more.collection()),
                collector(before.header().collector(), more.collector()),
                before.header().samples() + more.samples());
    compositions.put(more.kind(), new LiveComposition(joined, sum));
  }

  /** None as soon as one was not taken at a collection, which makes the sum an upper bound. */
  private static String collector(String one, String other) {
    return one.equals(other) ? one : one.isEmpty() || other.isEmpty() ? "" : "several";
  }

  private static long fewest(long one, long other) {
    if (one == LiveHeader.UNKNOWN_COLLECTION || other == LiveHeader.UNKNOWN_COLLECTION) {
      return Math.max(one, other);
    }
    return Math.min(one, other);
  }

  private void addOffHeap(OffHeapTotals other, Renumbering numbers) {
    if (offHeap == null) {
      offHeap = new OffHeapTotals(false);
    }
    offHeap.join(other, numbers);
  }

  /** Number of recordings added. */
  public int recordings() {
    return header.recordings();
  }

  /**
   * The joined model; the recording itself where there is only one.
   *
   * @param place what the report calls the file, for instance the directory of all
   * @throws IllegalStateException if nothing was added
   */
  public RecordingModel model(Path place) {
    if (header.recordings() == 0) {
      throw new IllegalStateException("no recording was added: place=" + place);
    }
    if (first != null) {
      return first;
    }
    collections.sort(Comparator.comparingLong(GcPoint::elapsedMillis));
    Progress progress = cost.progress();
    return new RecordingModel(
        header.recordings(),
        place,
        header.header(),
        dictionary.dictionary(),
        totals,
        new MemoryFigures(
            compositions,
            collections,
            List.of(),
            List.of(),
            List.copyOf(lifetimes.values()),
            offHeap,
            cost.agentCost(),
            null,
            null),
        joinedNotes(),
        progress,
        header.incomplete() == 0
            ? new Footer(
                cost.durationMillis(), totals.totalBytes(), totals.totalObjects(), "closed")
            : null,
        header.outcome());
  }

  private List<String> joinedNotes() {
    List<String> all = new ArrayList<>();
    all.add(
        "These are "
            + header.recordings()
            + " recordings added up. Live figures add up each one's own, which need not have been"
            + " at the same time.");
    if (header.incomplete() > 0) {
      all.add(header.incomplete() + " of them did not end cleanly.");
    }
    known.forEach(
        (kind, count) -> {
          if (count < header.recordings()) {
            all.add(
                (header.recordings() - count)
                    + " of them have no figures of what was "
                    + words(kind)
                    + "; those sums are of the other "
                    + count
                    + ".");
          }
        });
    notes.forEach((note, count) -> all.add(count == 1 ? note : note + " (" + count + " times)"));
    return all;
  }

  private static String words(LiveKind kind) {
    return switch (kind) {
      case PEAK -> Metric.PEAK.words();
      case SURVIVORS -> Metric.SURVIVING.words();
      case TEMPORARY -> Metric.TEMPORARY.words();
    };
  }
}
