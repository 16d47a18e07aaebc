package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.calls.CallOutline;
import dev.heaplight.viewer.calls.Function;
import dev.heaplight.viewer.calls.FunctionTable;
import dev.heaplight.viewer.calls.FunctionTable.Order;
import dev.heaplight.viewer.export.CollapsedStacks;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.model.TreeShape;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import dev.heaplight.viewer.table.SiteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All reports of one recording show the same figures, to the byte. */
class AgreementTest {
  private static final Selection SOME =
      new Selection(
          List.of(),
          List.of(Pattern.compile("String|byte|char|direct")),
          List.of(Pattern.compile("acme")),
          List.of(Pattern.compile("CsvWriter|org.h2.Store")));

  @TempDir Path directory;
  private RecordingModel model;

  @BeforeEach
  void record() throws IOException {
    TestRecording recording =
        RealisticRecording.create(directory.resolve("orders.heaplight"), 3_000, 11);
    List<Integer> stacks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String owner = i % 3 == 0 ? "org.h2.Store.put" : "com.acme.orders.Cache.put";
      stacks.add(
          recording.stack(
              TestRecording.frame("com.acme.orders.OrderWorker.call", 88),
              TestRecording.frame(owner, i / 2),
              TestRecording.frame(owner, i)));
    }
    recording.live(TestRecording.PEAK, stacks, "byte[]", 48);
    recording.live(TestRecording.SURVIVORS, stacks.subList(0, 40), "java.lang.String", 24);
    recording.live(
        new LiveHeader(LiveKind.TEMPORARY, 1_400, 3, "", 9), stacks.subList(9, 99), "char[]", 32);
    for (int stack : stacks) {
      recording.offHeap(stack, "direct", 3, 3L * stack + 4_096, 1, stack + 1_000);
    }
    model = RecordingModel.read(recording.finish(184_250, 61_203_283_968L, 212));
  }

  @Test
  void everyReportHasTheTotalsOfTheJson() throws IOException {
    StringBuilder json = new StringBuilder();
    StatsJson.write(Stats.of(MetricView.allocated(model), 10), false, json);
    for (Metric metric : Metric.values()) {
      long expected = figure(json, key(metric));
      assertTrue(expected > 0, metric.key());
      MetricView view = MetricView.of(model, metric).orElseThrow();
      assertEquals(expected, view.totals().totalBytes(), metric.key());
      assertAgrees(view);
      // A table of another metric has this one's bytes as well.
      SiteTable table = SiteTable.of(MetricView.allocated(model));
      assertEquals(expected, table.totalBytes(metric), metric.key());
    }
  }

  @Test
  void everyReportHasTheSameTotalsOfASelection() throws IOException {
    for (Metric metric : Metric.values()) {
      MetricView all = MetricView.of(model, metric).orElseThrow();
      MetricView some = all.select(SOME);
      assertTrue(some.totals().totalBytes() < all.totals().totalBytes(), metric.key());
      assertAgrees(some);
    }
  }

  private static void assertAgrees(MetricView view) throws IOException {
    String name = view.metric().key();
    long bytes = view.totals().totalBytes();
    long objects = view.totals().totalObjects();
    for (TreeShape shape :
        List.of(TreeShape.PLAIN, new TreeShape(true, false, 3), new TreeShape(false, true, 2))) {
      CallOutline outline = CallOutline.of(view.shaped(shape), 0.01);
      assertEquals(bytes, outline.bytes(0), name);
      assertEquals(objects, outline.objects(0), name);
    }
    List<Function> functions = FunctionTable.of(view).sorted(Order.OWN);
    assertEquals(bytes, functions.stream().mapToLong(Function::ownBytes).sum(), name);
    assertEquals(objects, functions.stream().mapToLong(Function::ownObjects).sum(), name);
    for (Grouping by : Grouping.values()) {
      List<Group> groups = Ranking.of(view, by, false).groups();
      assertEquals(bytes, groups.stream().mapToLong(Group::bytes).sum(), name + by);
      assertEquals(objects, groups.stream().mapToLong(Group::objects).sum(), name + by);
    }
    assertEquals(bytes, SizeClass.of(view).stream().mapToLong(SizeClass::bytes).sum(), name);
    assertEquals(objects, SizeClass.of(view).stream().mapToLong(SizeClass::objects).sum(), name);
    StringBuilder collapsed = new StringBuilder();
    CollapsedStacks.write(view, collapsed);
    long lines =
        collapsed
            .toString()
            .lines()
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    assertEquals(bytes, lines, name);
    assertTableAgrees(view);
  }

  private static void assertTableAgrees(MetricView view) {
    SiteTable table = SiteTable.of(view);
    assertEquals(view.totals().totalBytes(), table.totalBytes(view.metric()));
    List<Site> largest = Stats.of(view, 20).topSites();
    for (int row = 0; row < largest.size(); row++) {
      Site site = largest.get(row);
      assertEquals(
          site,
          new Site(
              table.frame(row),
              table.className(row),
              table.bytes(row, view.metric()),
              table.objects(row)));
    }
  }

  private static String key(Metric metric) {
    return switch (metric) {
      case ALLOCATED -> "\"allocatedBytes\":";
      case PEAK -> "\"peakLiveBytes\":";
      case SURVIVING -> "\"survivingBytes\":";
      case TEMPORARY -> "\"temporaryBytes\":";
      case OFF_HEAP -> "\"offHeap\":{\"allocatedBytes\":";
      case OFF_HEAP_LIVE -> "\"liveBytes\":";
    };
  }

  private static long figure(CharSequence json, String key) {
    Matcher figure = Pattern.compile(Pattern.quote(key) + "(\\d+)").matcher(json);
    assertTrue(figure.find(), () -> key + " is not in " + json);
    return Long.parseLong(figure.group(1));
  }
}
