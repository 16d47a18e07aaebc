package dev.heaplight.engine.weave;

/** Sites as weaving a class adds them, for tests of what is made of them. */
public final class WovenSites {
  private WovenSites() {}

  /** Adds a site of {@code com.acme.Job.run} and returns its number. */
  public static int add(SiteTable sites, int line, boolean fixedClass) {
    return sites.number(new AllocationSite("com.acme.Job", "run", "Job.java", line, fixedClass), 0);
  }
}
