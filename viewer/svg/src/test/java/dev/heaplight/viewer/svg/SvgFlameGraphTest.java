package dev.heaplight.viewer.svg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.flamegraph.FlameGraphRenderer;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class SvgFlameGraphTest {
  private static final Frame MAIN = TestRecording.frame("com.acme.Job.main", 7);
  private static final String HOSTILE = "</svg><script>alert(1)</script>&lt;&\"'\u0000\uffff\u202e";

  @TempDir Path directory;

  @Test
  void titleFiguresAndFramesAreThere() throws Exception {
    TestRecording recording = recording("allocate_memory");
    recording.allocation("byte[]", 3, 3_072, MAIN);
    List<String> texts = texts(draw(recording.finish(1_500, 4_096, 0)), "text");
    assertEquals("Heaplight flame graph: allocate_memory", texts.get(0));
    assertEquals(
        "3.00 KiB allocated in 3 objects over 1.5 s; 75.0 % of the JVM's count", texts.get(1));
    assertEquals(List.of("all allocations", "com.acme.Job.main:7", "byte[]"), texts.subList(3, 6));
  }

  @Test
  void pictureOfAnotherMetricNamesIt() throws Exception {
    TestRecording recording = recording("allocate_memory");
    int stack = recording.stack(MAIN);
    recording.allocation(stack, "byte[]", 4, 4_096).peak(stack, "byte[]", 3, 3_072).survivors();
    Path file = recording.finish(1_500, 4_096, 2);
    List<String> texts = texts(draw(file, Metric.PEAK), "text");
    assertEquals("Heaplight flame graph, live at peak: allocate_memory", texts.get(0));
    assertEquals("3.00 KiB live at peak in 3 objects, at GC 2 (G1 Old) after 800 ms", texts.get(1));
    assertEquals(List.of("all live at peak", "com.acme.Job.main:7", "byte[]"), texts.subList(3, 6));
    assertTrue(
        texts(draw(file, Metric.SURVIVING), "text").contains("Nothing of the scope survived."));
  }

  @Test
  void boxesHaveTooltips() throws Exception {
    TestRecording recording = recording("allocate_memory");
    recording.allocation("byte[]", 3, 3_072, MAIN).allocation("int[]", 1, 1_024);
    List<String> titles = texts(draw(recording.finish(1_500, 4_096, 0)), "title");
    assertEquals(
        "com.acme.Job.main:7\n3.00 KiB (3,072 bytes), 3 objects, 75.0 % of all bytes",
        titles.get(1));
  }

  @Test
  void caveatsAreWritten() throws Exception {
    TestRecording recording = recording("allocate_memory").note("degraded: no stacks");
    Document picture = draw(recording.flush(1, 1, 0).abandon());
    assertTrue(
        texts(picture, "text")
            .containsAll(
                List.of(
                    "This recording did not end cleanly: the worker still runs or was killed;"
                        + " at most the last flush is missing.",
                    "degraded: no stacks")));
  }

  @Test
  void emptyRecordingSaysSo() throws Exception {
    assertTrue(
        texts(draw(recording("allocate_memory").finish(1, 1, 0)), "text")
            .contains("Nothing was recorded: the scope has allocated nothing so far."));
  }

  @Test
  void noLabelIsWiderThanItsBox() throws Exception {
    Document picture = draw(RealisticRecording.create(file(), 2_000, 4).finish(1_500, 4_096, 0));
    NodeList groups = picture.getElementsByTagName("g");
    int labels = 0;
    for (int i = 0; i < groups.getLength(); i++) {
      Element group = (Element) groups.item(i);
      NodeList texts = group.getElementsByTagName("text");
      if (!group.hasAttribute("id") || texts.getLength() == 0) {
        continue;
      }
      labels++;
      Element box = (Element) group.getElementsByTagName("rect").item(0);
      Element text = (Element) texts.item(0);
      double right = number(box, "x") + number(box, "width");
      assertTrue(
          number(text, "x") + SvgText.width(text.getTextContent(), 11) <= right,
          text.getTextContent());
    }
    assertTrue(labels > 20, "labels=" + labels);
  }

  @Test
  void narrowFramesAreLeftOutAndCounted() throws Exception {
    TestRecording recording = recording("allocate_memory");
    recording.allocation("byte[]", 1, 1_000_000, MAIN).allocation("int[]", 1, 100, MAIN);
    Document picture = draw(recording.finish(1, 1, 0));
    assertFalse(texts(picture, "title").stream().anyMatch(title -> title.startsWith("int[]")));
    assertTrue(
        texts(picture, "text")
            .contains("1 frames narrower than half a pixel, less than 368 B each, are not drawn."));
  }

  @Test
  void hostileNamesAreText() throws Exception {
    TestRecording recording = recording(HOSTILE).note(HOSTILE);
    recording.allocation(HOSTILE, 1, 16, TestRecording.frame("a.B.c" + HOSTILE, 1));
    Document picture = draw(recording.finish(1, 1, 0));
    assertEquals(0, picture.getElementsByTagName("script").getLength());
    String shown = "</svg><script>alert(1)</script>&lt;&\"'\\u0000\\uffff\\u202e";
    assertTrue(texts(picture, "text").contains("Heaplight flame graph: " + shown));
    assertTrue(texts(picture, "text").contains(shown));
  }

  @Test
  void rendererIsFoundByItsFormat() {
    assertTrue(FlameGraphRenderer.of("svg").orElseThrow() instanceof SvgFlameGraph);
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private TestRecording recording(String name) throws IOException {
    return TestRecording.create(file(), name, Map.of());
  }

  private static Document draw(Path recording)
      throws IOException, ParserConfigurationException, SAXException {
    return draw(recording, Metric.ALLOCATED);
  }

  private static Document draw(Path recording, Metric metric)
      throws IOException, ParserConfigurationException, SAXException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SvgFlameGraph()
        .render(MetricView.of(RecordingModel.read(recording), metric).orElseThrow(), out);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(out.toByteArray()));
  }

  private static List<String> texts(Document picture, String element) {
    NodeList nodes = picture.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
