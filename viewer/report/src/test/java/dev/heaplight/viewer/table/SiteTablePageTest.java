package dev.heaplight.viewer.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTablePageTest {
  private static final String HOSTILE = "</script><script>alert(1)</script>{{data}}";

  @TempDir Path directory;

  @Test
  void sitesHaveTheBytesOfEveryMetricThatIsKnown() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("sites.heaplight"));
    int fill = recording.stack(TestRecording.frame("com.acme.Cache.fill", 9));
    recording.allocation(fill, "byte[]", 4, 800).allocation(fill, "char[]", 1, 100);
    recording.peak(fill, "byte[]", 2, 400).offHeap(fill, "direct", 1, 5_000, 1, 2_000);
    RecordingModel model = RecordingModel.read(recording.finish(1, 1, 0));
    SiteTable table = SiteTable.of(MetricView.allocated(model));
    assertEquals(
        List.of(Metric.ALLOCATED, Metric.PEAK, Metric.OFF_HEAP, Metric.OFF_HEAP_LIVE),
        table.metrics());
    assertEquals(
        List.of("byte[] 800 400 0 0", "char[] 100 0 0 0", "direct 0 0 5000 3000"),
        List.of(row(table, 0), row(table, 1), row(table, 2)));
    assertEquals("com.acme.Cache.fill(Cache.java:9)", table.frame(2));
    assertEquals(4, table.objects(0));
    SiteTable peak = SiteTable.of(MetricView.of(model, Metric.PEAK).orElseThrow());
    assertEquals(Metric.PEAK, peak.metrics().get(0));
    assertEquals(2, peak.objects(0));
  }

  private static String row(SiteTable table, int row) {
    StringBuilder text = new StringBuilder(table.className(row));
    table.metrics().forEach(metric -> text.append(' ').append(table.bytes(row, metric)));
    return text.toString();
  }

  @Test
  void policyAllowsNothingButTheScriptAndTheStyleOfThePage()
      throws IOException, GeneralSecurityException {
    String page = page("name");
    assertTrue(
        page.contains(
            "content=\"default-src 'none'; script-src '"
                + hash(between(page, "<script>", "</script>"))
                + "'; style-src '"
                + hash(between(page, "<style>", "</style>"))
                + "'; img-src data:; base-uri 'none'; form-action 'none'\""));
    assertFalse(page.matches("(?s).*(https?:|//[a-z]+\\.|@import|url\\().*"));
    assertFalse(page.matches("(?s).*<[^>]*\\s(src|style|on[a-z]+)=.*"));
    assertFalse(page.contains("innerHTML"));
  }

  @Test
  void hostileNamesStayInsideTheData() throws IOException {
    String page = page(HOSTILE);
    assertFalse(page.contains("<script>alert"));
    String data = between(page, "<script type=\"application/json\" id=\"data\">", "</script>");
    assertTrue(data.startsWith("{") && data.endsWith("}"));
    assertTrue(data.contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>{{data}}"));
  }

  private String page(String name) throws IOException {
    Path file = directory.resolve("page.heaplight");
    TestRecording recording = TestRecording.create(file, name, Map.of(name, name));
    recording.note(name).allocation(name, 1, 16, TestRecording.frame("a.B." + name, 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SiteTablePage.render(MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0))), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
