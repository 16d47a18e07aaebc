package dev.heaplight.cli;

import static dev.heaplight.cli.ServedSession.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.heaplight.viewer.flamegraph.Browser;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes, each in a network of its own: this test and the first can reach each other, the first
 * and the second can, and nobody else.
 */
@Timeout(100)
class ServeNodesIT {
  private static final String FIRST = "10.231.77.2";
  private static final String SECOND = "10.231.78.2";
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;
  private final String suffix = Long.toString(ProcessHandle.current().pid() % 100_000);

  @BeforeEach
  void networks() throws Exception {
    String refused = run("ip", "netns", "add", "hla" + suffix);
    if (!refused.isEmpty()) {
      String missing = "two nodes not tested: no network name space can be made here: " + refused;
      System.out.println(missing);
      abort(missing);
    }
    assertEquals("", run("ip", "netns", "add", "hlb" + suffix));
    link("hlr" + suffix, "hlx" + suffix, "hla" + suffix);
    address(List.of(), "hlr" + suffix, "10.231.77.1/24");
    address(inside("hla"), "hlx" + suffix, FIRST + "/24");
    link("hly" + suffix, "hlz" + suffix, "hlb" + suffix);
    assertEquals("", run("ip", "link", "set", "hly" + suffix, "netns", "hla" + suffix));
    address(inside("hla"), "hly" + suffix, "10.231.78.1/24");
    address(inside("hlb"), "hlz" + suffix, SECOND + "/24");
    recording("first", "near");
    recording("second", "far");
  }

  @AfterEach
  void removeNetworks() throws Exception {
    run("ip", "link", "del", "hlr" + suffix);
    run("ip", "netns", "del", "hla" + suffix);
    run("ip", "netns", "del", "hlb" + suffix);
  }

  private void link(String here, String there, String space) throws Exception {
    assertEquals("", run("ip", "link", "add", here, "type", "veth", "peer", "name", there));
    assertEquals("", run("ip", "link", "set", there, "netns", space));
  }

  private void address(List<String> where, String device, String address) throws Exception {
    assertEquals("", run(with(where, "ip", "addr", "add", address, "dev", device)));
    assertEquals("", run(with(where, "ip", "link", "set", device, "up")));
  }

  private List<String> inside(String space) {
    return List.of("ip", "netns", "exec", space + suffix);
  }

  private void recording(String session, String task) throws IOException {
    Path logs = Files.createDirectories(directory.resolve(session).resolve("logs"));
    TestRecording recording =
        TestRecording.create(
            logs.resolve(task + ".heaplight"), task, "task", "t-1", 1_767_225_600_000L, "w", 1);
    recording.allocation("byte[]", 3, 96, TestRecording.frame("com.acme." + task + ".run", 42));
    recording.finish(1_500, 128, 2);
  }

  @Test
  void recordingsOfTheSecondAreOpenedFromTheFirstUntilItDies() throws Exception {
    try (ServedSession second = serve("hlb", "second", List.of(), "--host", SECOND);
        ServedSession first =
            serve("hla", "first", List.of(), "--host", FIRST, "--node", second.address())) {
      await(() -> nodes(first).contains("\"reachable\":true"));
      assertFalse(first.get("/api/overview").body().contains(second.token()));
      assertTrue(first.get("/api/logs").body().contains("near.heaplight"));
      String listed = first.get("/node/1/api/logs").body();
      assertTrue(listed.contains("far.heaplight") && !listed.contains("near"), listed);
      await(() -> first.get("/node/1/api/tasks").body().contains("\"scope\":\"far\""));
      assertArrayEquals(
          Files.readAllBytes(directory.resolve("second/logs/far.heaplight")),
          first.bytes("/node/1/file?file=far.heaplight"));
      String page = over("hla", second, "/flamegraph?file=far.heaplight");
      assertTrue(page.contains("<title>Heaplight flame graph</title>"), page);
      for (int i = 0; i < 5; i++) {
        assertEquals(page, first.get("/node/1/flamegraph?file=far.heaplight").body());
      }
      assertEquals(404, first.get("/node/1/file?file=../secret").statusCode());
      assertEquals(404, first.get("/node/1/node/1/api/logs").statusCode());
      assertEquals(404, first.get("/node/2/api/logs").statusCode());
      inTheBrowser(first, second);
    }
  }

  /** The same in the page, which then sees the second die. */
  private void inTheBrowser(ServedSession first, ServedSession second) throws Exception {
    try (Browser browser = Browser.start(directory)) {
      browser.open(first.address().toString());
      await(() -> browser.text("nodes").contains("running"));
      browser.evaluate(
          "void (document.getElementById('node').value = '1',"
              + " document.getElementById('node').dispatchEvent(new Event('change')),"
              + " location.hash = '/logs')");
      await(() -> browser.text("logs").contains("far.heaplight"));
      assertFalse(browser.text("logs").contains("near.heaplight"));
      browser.evaluate("void (location.hash = '/graph?file=far.heaplight')");
      String frame = "document.getElementById('graph-frame').contentWindow.heaplight";
      await(() -> browser.evaluate(frame + " !== undefined").equals(true));
      browser.evaluate(frame + ".ready.then(() => 1)");
      assertEquals(List.of(), browser.consoleMessages());

      second.process().destroyForcibly().waitFor();
      await(() -> nodes(first).contains("\"reachable\":false"));
      assertTrue(nodes(first).contains("\"host\":\"" + host() + "\""), nodes(first));
      assertEquals(502, first.get("/node/1/api/logs").statusCode());
      assertTrue(first.get("/api/logs").body().contains("near.heaplight"));
      browser.evaluate("void (location.hash = '/logs')");
      await(() -> browser.text("trouble").contains("does not answer"));
      browser.evaluate(
          "void (document.getElementById('node').value = '0',"
              + " document.getElementById('node').dispatchEvent(new Event('change')))");
      await(() -> browser.text("logs").contains("near.heaplight"));
      browser.evaluate("void (location.hash = '/overview')");
      await(() -> browser.text("nodes").contains("gone"));
    }
  }

  @Test
  void nodesSpeakTlsByAKeyStoreAndAnotherOneIsNotTrusted() throws Exception {
    Path shared = keyStore("shared.p12");
    Path other = keyStore("other.p12");
    List<String> password = List.of("env", "HEAPLIGHT_KEYSTORE_PASSWORD=" + PASSWORD);
    try (ServedSession second =
            serve("hlb", "second", password, "--host", SECOND, "--key-store", shared);
        ServedSession first =
            serve("hla", "first", password, "--node", second.address(), "--key-store", shared);
        ServedSession stranger =
            serve("hla", "first", password, "--node", second.address(), "--key-store", other)) {
      assertTrue(second.origin().startsWith("https://"), second.origin());
      await(() -> over("hla", first, "/api/overview").contains("\"reachable\":true"));
      assertTrue(over("hla", first, "/node/1/api/logs").contains("far.heaplight"));
      await(() -> over("hla", stranger, "/api/overview").contains("PKIX"));
      assertTrue(over("hla", stranger, "/api/overview").contains("\"reachable\":false"));
      assertFalse(over("hla", stranger, "/node/1/api/logs").contains("far.heaplight"));
    }
  }

  /** From inside one of the networks. */
  private String over(String space, ServedSession served, String path) {
    try {
      return output(
          with(
              inside(space),
              "curl",
              "-sk",
              "-H",
              "Authorization: Bearer " + served.token(),
              served.origin() + path));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Path keyStore(String name) throws Exception {
    Path file = directory.resolve(name);
    output(
        List.of(
            Jdk.running().home().resolve("bin/keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "own",
            "-dname",
            "CN=heaplight",
            "-ext",
            "san=ip:" + FIRST + ",ip:" + SECOND + ",ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD));
    assertTrue(Files.exists(file));
    return file;
  }

  private ServedSession serve(
      String space, String session, List<String> environment, Object... options) throws Exception {
    run(with(inside(space), "ip", "link", "set", "lo", "up"));
    List<Object> arguments = new ArrayList<>(List.of("serve", directory.resolve(session)));
    arguments.addAll(List.of(options));
    List<String> command = new ArrayList<>(inside(space));
    command.addAll(environment);
    // What one that is killed leaves behind is the test's to remove.
    command.addAll(List.of("env", "HEAPLIGHT_JAVA_OPTS=-Djava.io.tmpdir=" + directory));
    command.addAll(InstalledCommand.words(arguments.toArray()));
    return ServedSession.started(directory, command);
  }

  private static String nodes(ServedSession served) {
    String overview = served.get("/api/overview").body();
    return overview.substring(overview.indexOf("\"nodes\":"));
  }

  private static String host() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(more));
    return words;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  /** What a command that is to say nothing said. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    try {
      return output(command).strip();
    } catch (IOException e) {
      return e.toString(); // there is no such program
    }
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
