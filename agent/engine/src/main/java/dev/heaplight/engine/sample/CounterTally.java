package dev.heaplight.engine.sample;

import dev.heaplight.engine.live.LiveSample;
import dev.heaplight.engine.weave.AllocationSite;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.ThreadCounters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns one thread's counters for one scope into allocations by stack, slice by slice. Not
 * thread-safe; the counters may change under it.
 */
public final class CounterTally {
  private static final long PAGE_BYTES = 2L * Long.BYTES * ThreadCounters.PAGE_SITES;

  /** A site's samples with one or two stacks. */
  private static final long SITE_BYTES = 400;

  private static final String UNSAMPLED_CLASS = "[class not sampled]";

  private final SiteTable sites;
  private final StackTable stacks;
  private final PendingSamples pending = new PendingSamples();
  private final Map<Integer, SiteSamples> samplesBySite = new HashMap<>();
  private long[] @Nullable [] seen = new long[0][];

  /** Receives what was allocated since the last tally. */
  public interface Receiver {
    /** Adds to what was allocated of a class at a stack. */
    void allocated(StackAndClass where, long objects, long bytes);

    /**
     * Learns of objects that were counted and not allocated, because the JIT compiler removed them.
     */
    default void removed(long objects, long bytes) {}

    /** Takes over a sampled object that may still live. */
    default void sampled(LiveSample sample, SiteShare share, StackAndClass where) {}

    /** Learns what it took to resolve that many samples. */
    default void resolved(int samples, long nanos) {}
  }

  /** Creates a tally that names sites and stacks by these tables. */
  public CounterTally(SiteTable sites, StackTable stacks) {
    this.sites = sites;
    this.stacks = stacks;
  }

  /** Samples that the next tally will resolve. */
  public PendingSamples pending() {
    return pending;
  }

  /**
   * Hands out what {@code pages} counted since the last call.
   *
   * @param keep whether there will be another call
   */
  public void tally(long[][] pages, boolean keep, Receiver receiver) {
    resolveSamples(receiver, !keep);
    if (seen.length < pages.length) {
      seen = Arrays.copyOf(seen, pages.length);
    }
    for (int index = 0; index < pages.length; index++) {
      long[] page = pages[index];
      if (page == null) {
        continue;
      }
      long[] before = seen[index];
      if (before == null) {
        before = new long[page.length];
        seen[index] = keep ? before : null;
      }
      tallyPage(index << ThreadCounters.PAGE_SHIFT, page, before, keep, receiver);
    }
  }

  /** Estimate of the memory the counters, their former values and the samples' shares take. */
  public long bytes() {
    long pages = 0;
    for (long[] page : seen) {
      pages += page == null ? 0 : 1;
    }
    return pages * 2 * (PAGE_BYTES + Long.BYTES) + samplesBySite.size() * SITE_BYTES;
  }

  private void resolveSamples(Receiver receiver, boolean last) {
    PendingSample first = pending.takeAll(last);
    if (first == null) {
      return;
    }
    long start = System.nanoTime();
    int count = 0;
    for (PendingSample sample = oldestFirst(first); sample != null; sample = sample.next) {
      count++;
      SiteSamples site = samplesBySite.computeIfAbsent(sample.site, unused -> new SiteSamples());
      Throwable stack = sample.stack;
      site.removedObjects().sampled(stack == null, sample.siteCount);
      site.removedBytes().sampled(stack == null, sample.siteSecond);
      if (stack == null) {
        continue;
      }
      StackAndClass where = whereOf(sample, stack);
      site.add(where, sample.objects, sample.bytes);
      if (sample.live != null) {
        receiver.sampled(sample.live, site.share(), where);
      }
    }
    receiver.resolved(count, System.nanoTime() - start);
  }

  private static @Nullable PendingSample oldestFirst(PendingSample newest) {
    PendingSample oldest = null;
    for (PendingSample sample = newest; sample != null; ) {
      PendingSample older = sample.next;
      sample.next = oldest;
      oldest = sample;
      sample = older;
    }
    return oldest;
  }

  private StackAndClass whereOf(PendingSample sample, Throwable stack) {
    Class<?> allocatedClass = sample.allocatedClass;
    return new StackAndClass(
        stacks.number(stack, sample.backtrace, sites.get(sample.site)),
        allocatedClass == null ? UNSAMPLED_CLASS : ClassNames.of(allocatedClass));
  }

  private void tallyPage(
      int firstSite, long[] page, long[] before, boolean keep, Receiver receiver) {
    for (int at = 0; at < page.length; at += 2) {
      long count = page[at];
      long second = page[at + 1];
      if (count == before[at] && second == before[at + 1]) {
        continue;
      }
      int number = firstSite + (at >>> 1);
      SiteSamples samples = samplesBySite.get(number);
      if (keep && (second == 0 || samples == null)) {
        continue; // its thread is just about to learn the size or to add the first sample
      }
      AllocationSite site = sites.get(number);
      long objects = count - before[at];
      long bytes = site.fixedClass() ? objects * second : second - before[at + 1];
      before[at] = count;
      before[at + 1] = second;
      if (samples != null) {
        samples.removedObjects().advance(count);
        samples.removedBytes().advance(second);
        long removedObjects = samples.removedObjects().take();
        long removedBytes =
            site.fixedClass() ? removedObjects * second : samples.removedBytes().take();
        if (removedObjects != 0 || removedBytes != 0) {
          receiver.removed(removedObjects, removedBytes);
        }
        samples.spread(objects - removedObjects, bytes - removedBytes, receiver::allocated);
      } else {
        receiver.allocated(new StackAndClass(stacks.number(site), UNSAMPLED_CLASS), objects, bytes);
      }
    }
  }
}
