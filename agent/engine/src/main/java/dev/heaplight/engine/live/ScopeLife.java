package dev.heaplight.engine.live;

import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of one scope's allocation lives: its sampled objects and what they have told so far.
 *
 * <p>Peak: the collection after which most bytes were alive, with its whole composition. Only
 * objects born before a collection count at it; those born since are not known to be needed.
 *
 * <p>Temporary: objects that the first collection after their birth found dead.
 *
 * <p>Concurrency: samples are guarded by their {@link LiveSet}, figures by this object. A death
 * counts in the scopes around as well, one lock at a time.
 */
public final class ScopeLife {
  /** A peak is written again before it is final when it has grown by this much. */
  private static final double REWRITE_GROWTH = 1.05;

  private static final long TEMPORARY_MILLIS = 30_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final @Nullable ScopeLife parent;
  private final CollectionClock clock;
  private final long openedNanos;
  private final int collectionsAtOpen;
  private final LiveSet samples = new LiveSet();
  private final Deaths deaths = new Deaths();
  private final List<GcPoint> points = new ArrayList<>();
  private @Nullable Composition peak;
  private double peakBytesWritten;
  private double peakBytesAtFlush;
  private volatile int collectionsLooked;
  private long temporaryWrittenMillis;
  private boolean changed;
  private long liveBytes;
  private long youngBytes;

  /** Starts following a scope's objects. */
  public ScopeLife(@Nullable ScopeLife parent, CollectionClock clock, long openedNanos) {
    this.parent = parent;
    this.clock = clock;
    this.openedNanos = openedNanos;
    this.collectionsAtOpen = clock.collections();
    this.collectionsLooked = collectionsAtOpen;
  }

  /** The scope's sampled objects. */
  public LiveSet samples() {
    return samples;
  }

  @Nullable ScopeLife parent() {
    return parent;
  }

  int collectionsNow() {
    return clock.collections();
  }

  /** What lived at the last collection, in bytes. */
  public synchronized long liveBytes() {
    return liveBytes;
  }

  /** What had been allocated since the last collection when what it left was looked at. */
  public synchronized long youngBytes() {
    return youngBytes;
  }

  /** The stack and class with most bytes at the peak, or null if there was none. */
  public synchronized @Nullable Origin largestAtPeak() {
    return peak == null ? null : peak.largest();
  }

  /** Now, in terms of the scope; {@code collector} is empty if nothing is known of a collection. */
  Moment moment(int collections, String collector) {
    return new Moment(
        Math.max(0, (System.nanoTime() - openedNanos) / NANOS_PER_MILLI),
        collections - collectionsAtOpen,
        collector);
  }

  /**
   * Lets go of objects that have died and counts them, here and in the scopes around. They survived
   * the collections after which they were seen alive; of later ones nothing is known.
   */
  void buryDead() {
    long now = System.nanoTime();
    int seen = collectionsLooked;
    samples.removeDead(
        (sample, scale) -> {
          int survived = Math.max(0, seen - sample.bornAfterCollections());
          for (ScopeLife life = this; life != null; life = life.parent) {
            life.died(sample, scale, survived, now);
          }
        });
  }

  private synchronized void died(LiveSample sample, double scale, int survived, long now) {
    deaths.add(sample, scale, survived, now - sample.bornNanos());
    changed = true;
  }

  synchronized boolean isNewPeak(double bytes) {
    return bytes > 0 && (peak == null || bytes > peak.bytes());
  }

  /**
   * Notes what lived after a collection, and its composition if that is the peak.
   *
   * @param newBytes what had been allocated since the collection when this was seen
   */
  synchronized void collected(
      int collections, GcPoint point, @Nullable Composition newPeak, long newBytes) {
    collectionsLooked = collections;
    youngBytes = newBytes;
    points.add(point);
    liveBytes = point.liveBytes();
    if (newPeak != null && isNewPeak(newPeak.bytes())) {
      peak = newPeak;
    }
  }

  /**
   * What is left as the scope closes. Where collections came and nobody looked, this looks; where
   * there was none at all, everything is also the peak, as an upper bound.
   */
  public Composition close() {
    int collections = clock.collections();
    buryDead();
    Composition survivors = new Composition(LiveKind.SURVIVORS, moment(collections, ""));
    Composition old = new Composition(LiveKind.PEAK, survivors.moment());
    Composition all = new Composition(LiveKind.PEAK, survivors.moment());
    samples.forEach(
        (sample, scale) -> {
          survivors.add(sample, scale);
          all.add(sample, scale);
          if (sample.bornAfterCollections() < collections) {
            old.add(sample, scale);
          }
        });
    synchronized (this) {
      if (collections > collectionsLooked && isNewPeak(old.bytes())) {
        peak = old;
      }
      if (collections == collectionsAtOpen && isNewPeak(all.bytes())) {
        peak = all;
      }
      changed = true;
      temporaryWrittenMillis = -TEMPORARY_MILLIS;
      peakBytesAtFlush = peak == null ? 0 : peak.bytes();
    }
    return survivors;
  }

  /** Hands what is left to the scope around, if there is one, and keeps nothing. */
  public void end() {
    if (parent == null) {
      samples.clear();
    } else {
      parent.samples.takeAll(samples);
    }
    synchronized (this) {
      deaths.clear();
      points.clear();
      peak = null;
    }
  }

  /** Hands over what has changed and is worth writing by now. */
  public synchronized void write(Output output) {
    points.forEach(output::collection);
    points.clear();
    Composition present = peak;
    if (present != null && present.bytes() > peakBytesWritten) {
      boolean settled = present.bytes() == peakBytesAtFlush;
      if (settled || present.bytes() >= peakBytesWritten * REWRITE_GROWTH) {
        output.composition(present);
        peakBytesWritten = present.bytes();
      }
      peakBytesAtFlush = present.bytes();
    }
    Moment now = moment(clock.collections(), "");
    if (changed && now.elapsedMillis() - temporaryWrittenMillis >= TEMPORARY_MILLIS) {
      changed = false;
      temporaryWrittenMillis = now.elapsedMillis();
      output.lifetimes(deaths.lifetimes());
      output.composition(deaths.temporary(now));
    }
  }

  /** Where figures are written. */
  public interface Output {
    /** A composition that replaces the one of its kind before. */
    void composition(Composition composition);

    /** What lived after a collection. */
    void collection(GcPoint point);

    /** How long objects lived; replaces what was said before. */
    void lifetimes(List<Lifetime> all);
  }
}
