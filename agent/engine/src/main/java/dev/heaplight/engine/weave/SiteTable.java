package dev.heaplight.engine.weave;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All allocation sites by number. Numbers are dense and never reused.
 *
 * <p>Concurrency: sites are added under the lock by threads that weave, and read without it; a
 * number is only known to code that was woven after its site was added.
 *
 * <p>A class may be woven more than once, when another agent retransforms it or when the same class
 * loads in many loaders. The same place then keeps its number, so that the table does not grow.
 */
public final class SiteTable {
  private final Map<AllocationSite, int[]> numbers = new HashMap<>();
  private volatile AllocationSite[] sites = new AllocationSite[4096];
  private int count;

  /** The site with this number. */
  public AllocationSite get(int number) {
    return sites[number];
  }

  /** Number of sites so far. */
  public synchronized int count() {
    return count;
  }

  /**
   * Number of {@code site}.
   *
   * @param occurrence how many equal sites came before in the same class: a line may allocate twice
   */
  synchronized int number(AllocationSite site, int occurrence) {
    int @Nullable [] known = numbers.get(site);
    if (known != null && occurrence < known.length) {
      return known[occurrence];
    }
    int number = count++;
    if (number == sites.length) {
      sites = Arrays.copyOf(sites, number * 2);
    }
    sites[number] = site;
    int[] extended = known == null ? new int[1] : Arrays.copyOf(known, known.length + 1);
    extended[extended.length - 1] = number;
    numbers.put(site, extended);
    return number;
  }
}
