package dev.heaplight.engine.sample;

import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.ThreadCounters;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;

/**
 * Sizes of the instances of each site that always allocates the same class, as they were last seen.
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
  private final long smallestBytes;
  private volatile int[] bytesBySite = new int[4096];

  /** Creates an empty table. */
  public SiteSizes(Instrumentation instrumentation, SiteTable sites) {
    this.instrumentation = instrumentation;
    this.sites = sites;
    this.smallestBytes = instrumentation.getObjectSize(new Object());
  }

  /**
   * Bytes of a site's instances.
   *
   * @param found what was found of the one allocated now
   */
  public long of(int site, Object found) {
    if (StackObjects.isObject(found)) {
      long bytes = instrumentation.getObjectSize(found);
      set(site, (int) bytes);
      return bytes;
    }
    int[] known = bytesBySite;
    return site < known.length && known[site] != 0 ? known[site] : smallestBytes;
  }

  /**
   * The size to go on with for a sample: corrects the thread's counter where the site had shown
   * only removed objects so far.
   *
   * @param found what was found of the object
   * @param assumedBytes the size by the counter
   */
  public long corrected(ThreadCounters counters, int site, Object found, long assumedBytes) {
    if (!StackObjects.isObject(found) || !sites.get(site).fixedClass()) {
      return assumedBytes;
    }
    long bytes = instrumentation.getObjectSize(found);
    if (bytes != assumedBytes) {
      set(site, (int) bytes);
      counters.setInstanceBytes(site, bytes);
    }
    return bytes;
  }

  private void set(int site, int bytes) {
    int[] known = bytesBySite;
    if (site >= known.length || known[site] != bytes) {
      grow(site)[site] = bytes; // lost against another thread's growth at worst: measured again
    }
  }

  private synchronized int[] grow(int site) {
    if (site >= bytesBySite.length) {
      bytesBySite = Arrays.copyOf(bytesBySite, Math.max(site + 1, bytesBySite.length * 2));
    }
    return bytesBySite;
  }
}
