package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.engine.weave.WovenSites;
import dev.heaplight.format.Frame;
import dev.heaplight.hook.ThreadCounters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterTallyTest {
  private static final int PAGE = 2 * ThreadCounters.PAGE_SITES;

  private final SiteTable sites = new SiteTable();
  private final StackTable stacks = new StackTable();
  private final CounterTally tally = new CounterTally(sites, stacks);
  private final int fixed = WovenSites.add(sites, 11, true);
  private final int varying = WovenSites.add(sites, 12, false);
  private final long[][] pages = {new long[PAGE]};
  private final List<String> allocated = new ArrayList<>();

  @Test
  void siteOfOneClassCountsObjectsTimesTheirSize() {
    count(fixed, 3, 24);
    sample(fixed, Object.class, 1);
    assertTallied(true, "3 java.lang.Object of 72 bytes");
    count(fixed, 4, 0);
    assertTallied(true, "4 java.lang.Object of 96 bytes");
  }

  @Test
  void siteOfVaryingSizesSumsBytes() {
    count(varying, 2, 100);
    sample(varying, byte[].class, 1);
    assertTallied(true, "2 byte[] of 100 bytes");
    count(varying, 1, 16);
    assertTallied(true, "1 byte[] of 16 bytes");
  }

  @Test
  void nothingNewIsNothingTallied() {
    count(varying, 2, 100);
    sample(varying, byte[].class, 1);
    assertTallied(true, "2 byte[] of 100 bytes");
    assertTallied(true);
  }

  @Test
  void siteWithoutItsSizeOrSampleWaits() {
    count(fixed, 1, 0);
    sample(fixed, Object.class, 1);
    count(varying, 1, 16);
    assertTallied(true);
    count(fixed, 0, 24);
    assertTallied(true, "1 java.lang.Object of 24 bytes");
    sample(varying, byte[].class, 1);
    assertTallied(true, "1 byte[] of 16 bytes");
  }

  @Test
  void lastTallyNamesTheSiteWhereNoSampleCame() {
    count(varying, 5, 80);
    assertTallied(false, "5 [class not sampled] of 80 bytes");
    assertEquals(new Frame("com.acme.Job", "run", "Job.java", 12), stacks.frame(1));
    assertEquals(StackTable.EMPTY, stacks.parent(1));
  }

  @Test
  void countsSpreadOverTheSamplesClasses() {
    count(varying, 4, 400);
    sample(varying, byte[].class, 3);
    sample(varying, String[].class, 1);
    assertTallied(true, "3 byte[] of 300 bytes", "1 java.lang.String[] of 100 bytes");
  }

  @Test
  void removedObjectsAreNotAllocated() {
    count(fixed, 8, 24);
    sample(fixed, Object.class, 2, 2);
    removedSample(fixed, 4);
    List<String> removed = new ArrayList<>();
    tally.tally(
        pages,
        true,
        new CounterTally.Receiver() {
          @Override
          public void allocated(StackAndClass where, long objects, long bytes) {
            receive(where, objects, bytes);
          }

          @Override
          public void removed(long objects, long bytes) {
            removed.add(objects + " of " + bytes + " bytes");
          }
        });
    assertEquals(List.of("3 java.lang.Object of 72 bytes"), allocated);
    assertEquals(List.of("5 of 120 bytes"), removed);
  }

  @Test
  void whatTheLastSampleFoundHoldsOn() {
    count(varying, 10, 1_000);
    sample(varying, byte[].class, 1, 10);
    assertTallied(true, "10 byte[] of 1000 bytes");
    count(varying, 10, 1_000);
    removedSample(varying, 12);
    assertTallied(true, "1 byte[] of 100 bytes");
    count(varying, 5, 500);
    assertTallied(true);
    sample(varying, byte[].class, 1, 25);
    count(varying, 5, 500);
    assertTallied(true, "5 byte[] of 500 bytes");
  }

  @Test
  void siteWithRemovedObjectsAloneAllocatesNothing() {
    count(fixed, 8, 24);
    removedSample(fixed, 1);
    assertTallied(false);
  }

  @Test
  void laterPagesBelongToLaterSites() {
    int site = varying;
    for (int line = 100; line < 100 + ThreadCounters.PAGE_SITES; line++) {
      site = WovenSites.add(sites, line, false);
    }
    long[][] more = {pages[0], new long[PAGE]};
    more[1][(site - ThreadCounters.PAGE_SITES) * 2] = 1;
    more[1][(site - ThreadCounters.PAGE_SITES) * 2 + 1] = 48;
    sample(site, int[].class, 1);
    tally.tally(pages, true, this::receive);
    tally.tally(more, true, this::receive);
    assertEquals(List.of("1 int[] of 48 bytes"), allocated);
  }

  @Test
  void pagesThatWereNeverMadeArePassedOver() {
    long[][] holes = new long[3][];
    holes[2] = new long[PAGE];
    tally.tally(holes, true, this::receive);
    tally.tally(holes, false, this::receive);
    assertEquals(List.of(), allocated);
  }

  @Test
  void resolvedSamplesAreNoLongerPending() {
    int before = PendingSamples.total();
    sample(varying, byte[].class, 1);
    sample(varying, byte[].class, 1);
    assertEquals(before + 2, PendingSamples.total());
    assertTallied(true);
    assertEquals(before, PendingSamples.total());
  }

  @Test
  void samplesLeaveOutTheAgentsOwnFrames() {
    count(varying, 1, 16);
    Throwable taken = new Throwable();
    StackTraceElement application = new StackTraceElement("com.acme.Job", "run", "Job.java", 17);
    taken.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(ClassWeaver.class.getName(), "x", "ClassWeaver.java", 1),
          new StackTraceElement("dev.heaplight.hook.AllocationHook", "array", null, -1),
          application,
          new StackTraceElement("java.lang.Thread", "run0", null, -2)
        });
    tally.pending().add(new PendingSample(taken, null, byte[].class, varying, 1, 16, null));
    List<Integer> numbers = new ArrayList<>();
    tally.tally(pages, true, (where, objects, bytes) -> numbers.add(where.stack()));
    int stack = numbers.get(0);
    assertEquals(new Frame("com.acme.Job", "run", "Job.java", 17), stacks.frame(stack));
    assertEquals(
        new Frame("java.lang.Thread", "run0", "", Frame.NATIVE_LINE),
        stacks.frame(stacks.parent(stack)));
    assertEquals(StackTable.EMPTY, stacks.parent(stacks.parent(stack)));
  }

  private void count(int site, long more, long second) {
    pages[0][2 * site] += more;
    pages[0][2 * site + 1] += second;
  }

  private void sample(int site, Class<?> type, double objects) {
    sample(site, type, objects, site < ThreadCounters.PAGE_SITES ? pages[0][2 * site] : 0);
  }

  private void sample(int site, Class<?> type, double objects, long count) {
    PendingSample sample =
        new PendingSample(new Throwable(), null, type, site, objects, 100 * objects, null);
    tally.pending().add(sample.at(count, 100 * count));
  }

  private void removedSample(int site, long count) {
    tally.pending().add(PendingSample.ofRemoved(site).at(count, 100 * count));
  }

  private void assertTallied(boolean keep, String... expected) {
    allocated.clear();
    tally.tally(pages, keep, this::receive);
    assertEquals(List.of(expected), allocated);
  }

  private void receive(StackAndClass where, long objects, long bytes) {
    allocated.add(objects + " " + where.className() + " of " + bytes + " bytes");
  }
}
