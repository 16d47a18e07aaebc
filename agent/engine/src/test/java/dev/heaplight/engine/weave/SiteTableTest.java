package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SiteTableTest {
  private final SiteTable table = new SiteTable();

  @Test
  void numbersAreDense() {
    assertEquals(0, table.number(site(1), 0));
    assertEquals(1, table.number(site(2), 0));
    assertEquals(2, table.count());
    assertEquals(site(2), table.get(1));
  }

  @Test
  void sameSiteKeepsItsNumber() {
    int first = table.number(site(1), 0);
    assertEquals(first, table.number(site(1), 0));
    assertEquals(1, table.count());
  }

  @Test
  void occurrencesOnOneLineAreToldApartAndKeepTheirNumbers() {
    assertEquals(0, table.number(site(1), 0));
    assertEquals(1, table.number(site(1), 1));
    assertEquals(2, table.number(site(1), 2));
    assertEquals(0, table.number(site(1), 0));
    assertEquals(1, table.number(site(1), 1));
    assertEquals(2, table.number(site(1), 2));
    assertEquals(3, table.count());
  }

  @Test
  void tableGrows() {
    for (int line = 0; line < 10_000; line++) {
      assertEquals(line, table.number(site(line), 0));
    }
    assertEquals(site(0), table.get(0));
    assertEquals(site(9_999), table.get(9_999));
  }

  @Test
  void classWovenTwiceKeepsItsNumbers() {
    ClassSites first = new ClassSites(table, "com.acme.Job");
    ClassSites again = new ClassSites(table, "com.acme.Job");
    for (ClassSites sites : new ClassSites[] {first, again}) {
      assertFalse(sites.any());
      sites.source("Job.java");
      assertEquals(0, sites.number("run", 7, true));
      assertEquals(1, sites.number("run", 7, true));
      assertEquals(2, sites.number("run", 7, false));
      assertTrue(sites.any());
    }
    assertEquals(new AllocationSite("com.acme.Job", "run", "Job.java", 7, true), table.get(1));
  }

  private static AllocationSite site(int line) {
    return new AllocationSite("com.acme.Job", "run", "Job.java", line, true);
  }
}
