package dev.heaplight.cli;

import static dev.heaplight.cli.ServedSession.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.flamegraph.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a session with a kill in it, in a real browser; {@code HEAPLIGHT_PICTURES} names a
 * directory for pictures of it.
 */
@Timeout(120)
class ServePageIT {
  @TempDir private static Path directory;
  private static ServedSession served;
  private static Browser browser;

  @BeforeAll
  static void begin() throws Exception {
    browser = Browser.start(directory);
    KilledHog.in(session());
    served = ServedSession.start(directory, session());
  }

  @AfterAll
  static void end() {
    if (served != null) {
      served.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  private static Path session() {
    return directory.resolve("session");
  }

  @BeforeEach
  void open() {
    browser.open(served.address().toString());
    awaitText("live", "live");
  }

  @AfterEach
  void consoleIsSilentAndNobodyElseIsAsked() {
    assertEquals(List.of(), browser.consoleMessages());
    for (String url : browser.requests()) {
      assertTrue(url.startsWith(served.origin() + "/") || url.startsWith("data:"), url);
    }
  }

  @Test
  void tokenLeavesTheAddressAndScriptsCannotReadIt() {
    assertEquals(served.origin() + "/", browser.evaluate("location.href"));
    assertEquals("", browser.evaluate("document.cookie"));
    browser.open(served.origin() + "/");
    awaitText("live", "live");
  }

  @Test
  void overviewTellsOfNodeWorkersAndProcesses() throws IOException {
    awaitText("workers", "HogWorker calm");
    assertTrue(text("bounds").contains("This machine"), text("bounds"));
    assertTrue(text("bounds").contains("Threshold 95.0 %"), text("bounds"));
    assertTrue(text("figures").contains("Workers killed for memory\n1"), text("figures"));
    assertTrue(text("workers").contains("killed"), text("workers"));
    assertTrue(text("users").matches("(?s).*\\d [MG]iB.*"), text("users"));
    awaitScript("document.querySelector('#node-plot canvas') !== null");
    picture("serve-overview");
    click("#workers button[aria-label^=Why]");
    awaitText("report", "What that rests on");
    assertTrue(text("report").contains("Heaplight's monitor killed it"), text("report"));
  }

  @Test
  void newWorkerIsSeenWithoutLoadingThePageAgain() throws Exception {
    browser.evaluate("window.stayed = true");
    awaitText("figures", "Workers running\n0");
    try (WorkerJvm worker =
        WorkerJvm.start(
            Jdk.running(),
            directory,
            "-javaagent:" + InstalledCommand.AGENT + "=track=process,session=" + session())) {
      awaitText("figures", "Workers running\n1");
      assertTrue(text("workers").contains("StepWorker"), text("workers"));
      go("tasks");
      awaitScript("document.querySelector('#tasks tbody').innerText.includes('running')");
      worker.step("allocate 50");
      worker.expectArrays(100);
    }
    awaitScript("!document.querySelector('#tasks tbody').innerText.includes('running')");
    go("overview");
    awaitText("figures", "Workers running\n0");
    assertEquals(true, browser.evaluate("window.stayed"));
  }

  @Test
  void memoryIsDrawnWithTheKill() throws IOException {
    go("memory");
    awaitText("memory-kills", "task hog");
    awaitScript("document.querySelector('#memory-plot canvas') !== null");
    assertTrue(text("memory-plot").contains("HogWorker"), text("memory-plot"));
    picture("serve-memory");
    go("memory?file=" + recording("hog"));
    awaitText("memory-plot", "live of the task");
    assertTrue(text("memory-plot").contains("heap in use"), text("memory-plot"));
    assertTrue(text("memory-kills").contains("task hog"), text("memory-kills"));
    go("memory?file=" + recording("calm"));
    awaitText("memory-kills", "None.");
  }

  @Test
  void eventsComeWithTheirFullReport() throws IOException {
    go("events");
    awaitText("event-list", "worker killed for memory: task hog");
    assertTrue(text("event-list").contains("WARNING"), text("event-list"));
    picture("serve-events");
    browser.evaluate(
        "[...document.querySelectorAll('#event-list li')]"
            + ".find(li => li.innerText.includes('KILL_WORKER')).querySelector('button').click()");
    awaitText("report", "Why this one");
    assertTrue(text("report").contains("HogWorker.grow"), text("report"));
    assertTrue(text("report").contains("Candidates, in order"), text("report"));
    picture("serve-report");
    browser.press("\uE00C"); // escape
    assertEquals(false, browser.evaluate("document.getElementById('report').open"));
  }

  @Test
  void tasksAreFilteredAndSorted() throws IOException {
    go("tasks");
    awaitText("tasks", "hog");
    assertTrue(text("tasks").contains("killed"), text("tasks"));
    assertTrue(text("tasks").contains("finished"), text("tasks"));
    picture("serve-tasks");
    set("task-state", "killed", "change");
    awaitScript("!document.querySelector('#tasks tbody').innerText.includes('calm')");
    set("task-state", "", "change");
    set("task-filter", "calm", "input");
    awaitScript("!document.querySelector('#tasks tbody').innerText.includes('hog')");
    set("task-filter", "", "input");
    click("[data-key=sort-peak]");
    awaitScript("document.querySelector('th[aria-sort]').innerText.startsWith('Peak')");
    awaitScript("document.querySelector('#tasks tbody tr').innerText.startsWith('hog')");
  }

  @Test
  void fileIsDownloadedByteForByte() throws IOException {
    go("logs");
    awaitText("logs", "heaplight-events.jsonl");
    picture("serve-logs");
    for (String name : List.of(recording("hog"), recording("calm"), "heaplight-events.jsonl")) {
      awaitText("logs", name);
      Object address =
          browser.evaluate(
              "[...document.querySelectorAll('#logs a[download]')]"
                  + ".find(a => a.getAttribute('download') === arguments[0]).getAttribute('href')",
              name);
      byte[] file = Files.readAllBytes(session().resolve("logs").resolve(name));
      assertArrayEquals(file, served.bytes(address.toString()), name);
      assertEquals(
          (long) file.length,
          browser.evaluate(
              "fetch(arguments[0]).then(a => a.arrayBuffer()).then(b => b.byteLength)", address));
    }
  }

  @Test
  void flameGraphOpensInThePage() throws IOException {
    go("graph?file=" + recording("hog"));
    awaitScript("document.getElementById('graph-frame').contentWindow.heaplight !== undefined");
    browser.evaluate(
        "document.getElementById('graph-frame').contentWindow.heaplight.ready.then(() => 1)");
    String graph = "document.getElementById('graph-frame').contentDocument.body.innerText";
    assertTrue(browser.evaluate(graph).toString().contains("hog"));
    awaitScript(
        "document.getElementById('graph-frame').contentWindow.heaplight.find('grow').length > 0");
    picture("serve-flamegraph");
  }

  @Test
  void twoRecordingsAreCompared() throws IOException {
    go("logs");
    awaitText("logs", recording("hog"));
    assertEquals(true, browser.evaluate("document.getElementById('compare').disabled"));
    click("[data-key=\"c" + recording("calm") + "\"]");
    click("[data-key=\"c" + recording("hog") + "\"]");
    click("#compare");
    awaitScript("document.getElementById('graph-frame').contentWindow.heaplight !== undefined");
    assertTrue(text("graph-name").contains(" compared with calm"), text("graph-name"));
    browser.evaluate(
        "document.getElementById('graph-frame').contentWindow.heaplight.ready.then(() => 1)");
  }

  @Test
  void viewsAreReachedByTheKeyboard() {
    browser.evaluate("document.querySelector('nav a[href=\"#/tasks\"]').focus()");
    browser.press("\uE007");
    awaitScript("!document.getElementById('tasks').hidden");
    browser.evaluate("document.activeElement.blur()");
    browser.press("/");
    assertEquals("task-filter", browser.evaluate("document.activeElement.id"));
    assertFalse(text("tasks").isEmpty());
  }

  private static String recording(String task) throws IOException {
    try (Stream<Path> files = Files.list(session().resolve("logs"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(task + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void go(String hash) {
    browser.evaluate("void (location.hash = '/' + arguments[0])", hash);
  }

  private static String text(String id) {
    return browser.text(id);
  }

  private static void awaitText(String id, String expected) {
    await(() -> text(id).contains(expected));
  }

  private static void awaitScript(String condition) {
    await(() -> browser.evaluate(condition).equals(true));
  }

  private static void click(String selector) {
    awaitScript("document.querySelector('" + selector + "') !== null");
    browser.evaluate("document.querySelector(arguments[0]).click()", selector);
  }

  private static void set(String id, String value, String event) {
    browser.evaluate(
        "void (document.getElementById(arguments[0]).value = arguments[1],"
            + " document.getElementById(arguments[0]).dispatchEvent(new Event(arguments[2])))",
        id,
        value,
        event);
  }

  private static void picture(String name) throws IOException {
    String pictures = System.getenv("HEAPLIGHT_PICTURES");
    if (pictures != null) {
      browser.picture(Path.of(pictures).resolve(name + ".png"));
    }
  }
}
