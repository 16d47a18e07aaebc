package dev.heaplight.engine.weave;

import java.util.HashMap;
import java.util.Map;

/** Numbers the sites of one class while it is woven. Not thread-safe. */
final class ClassSites {
  private final SiteTable table;
  private final String className;
  private final Map<AllocationSite, Integer> occurrences = new HashMap<>();
  private String fileName = "";
  private boolean any;

  ClassSites(SiteTable table, String className) {
    this.table = table;
    this.className = className;
  }

  void source(String file) {
    fileName = file;
  }

  int number(String methodName, int line, boolean fixedClass) {
    any = true;
    AllocationSite site = new AllocationSite(className, methodName, fileName, line, fixedClass);
    Integer before = occurrences.get(site);
    int occurrence = before == null ? 0 : before;
    occurrences.put(site, occurrence + 1);
    return table.number(site, occurrence);
  }

  /** Whether the class has any site. */
  boolean any() {
    return any;
  }
}
