package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlameGraphPageTest {
  private static final String HOSTILE = "</script><script>alert(1)</script>{{data}}";

  @TempDir Path directory;

  @Test
  void policyAllowsNothingButTheScriptAndTheStyleOfThePage()
      throws IOException, GeneralSecurityException {
    String page = page("name");
    List<String> scripts = new ArrayList<>();
    for (String part : page.split("<script>", -1)) {
      scripts.add(hash(part.substring(0, Math.max(0, part.indexOf("</script>")))));
    }
    assertEquals(4, scripts.size(), "what is before, two libraries and the page's own");
    assertTrue(
        page.contains(
            "content=\"default-src 'none'; script-src '"
                + String.join("' '", scripts.subList(1, 4))
                + "'; style-src '"
                + hash(between(page, "<style>", "</style>"))
                + "'; img-src data:; base-uri 'none'; form-action 'none'\""));
  }

  @Test
  void pageRefersToNothingElse() throws IOException {
    String page = page("name");
    // The libraries name their homes in comments, and a picture its namespace.
    String own = page.replaceAll("/\\*![^*]*\\*/", "").replace("http://www.w3.org/2000/svg", "");
    assertFalse(own.matches("(?s).*(https?:|//[a-z]+\\.|@import|url\\().*"));
    assertFalse(page.matches("(?s).*<[^>]*\\ssrc=.*"));
  }

  @Test
  void hostileNamesStayInsideTheData() throws IOException {
    String page = page(HOSTILE);
    assertFalse(page.contains("<script>alert"));
    String data =
        between(page, "<script type=\"application/octet-stream\" id=\"data\">", "</script>");
    assertTrue(data.matches("[A-Za-z0-9+/=]+"), data);
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("script>alert(1)"), text);
    }
  }

  @Test
  void samePageForTheSameRecording() throws IOException {
    assertEquals(page("name"), page("name"));
  }

  @Test
  void htmlRendererIsFoundByItsFormat() {
    assertEquals("html", FlameGraphRenderer.of("html").orElseThrow().format());
    assertTrue(FlameGraphRenderer.of("pdf").isEmpty());
  }

  private String page(String name) throws IOException {
    Path file = directory.resolve("test.heaplight");
    TestRecording recording = TestRecording.create(file, name, Map.of(name, name));
    recording.note(name).allocation(name, 1, 16, TestRecording.frame("a.B." + name, 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FlameGraphPage()
        .render(MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0))), out);
    Files.delete(file);
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
