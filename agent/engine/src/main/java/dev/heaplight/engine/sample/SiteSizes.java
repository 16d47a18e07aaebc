package dev.heaplight.engine.sample;

import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.ThreadCounters;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of the instances of each site that always allocates the same class.
 *
 * <p>Where only removed objects of a site were seen nothing tells its size, and the smallest one is
 * taken until an object is found. Bytes of removed objects are not recorded, so that all that
 * depends on it is how often the site is sampled.
 *
 * <p>Thread-safe.
 */
public final class SiteSizes {
  private final Instrumentation instrumentation;
  private final SiteTable sites;
  private final StackObjects objects;
  private final long smallestBytes;
  private volatile int[] bytesBySite = new int[4096];

  /**
   * Creates an empty table.
   *
   * @param objects finds objects that hooks were not given
   */
  public SiteSizes(Instrumentation instrumentation, SiteTable sites, StackObjects objects) {
    this.instrumentation = instrumentation;
    this.sites = sites;
    this.objects = objects;
    this.smallestBytes = instrumentation.getObjectSize(new Object());
  }

  /**
   * Bytes of an instance.
   *
   * @param instance what the site allocated now, or null if the hook was not given it
   */
  public long of(int site, @Nullable Object instance) {
    int[] known = bytesBySite;
    if (site < known.length && known[site] != 0) {
      return known[site];
    }
    Object found = instance == null ? objects.find() : instance;
    return StackObjects.isObject(found) ? found(site, found) : smallestBytes;
  }

  /**
   * The size to go on with after a hook that was not given its object: corrects the thread's
   * counter where the site had shown only removed objects so far.
   *
   * @param found what was found of the object
   * @param assumedBytes the size by the counter
   */
  public long corrected(ThreadCounters counters, int site, Object found, long assumedBytes) {
    if (!StackObjects.isObject(found) || !sites.get(site).fixedClass()) {
      return assumedBytes;
    }
    long bytes = found(site, found);
    if (bytes != assumedBytes) {
      counters.setInstanceBytes(site, bytes);
    }
    return bytes;
  }

  private long found(int site, Object instance) {
    int[] known = bytesBySite;
    if (site < known.length && known[site] != 0) {
      return known[site];
    }
    long bytes = instrumentation.getObjectSize(instance);
    set(site, (int) bytes);
    return bytes;
  }

  private synchronized void set(int site, int bytes) {
    int[] known = bytesBySite;
    if (site >= known.length) {
      known = Arrays.copyOf(known, Math.max(site + 1, known.length * 2));
    }
    known[site] = bytes;
    bytesBySite = known;
  }
}
