package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb: what it is given, how it ends, and what becomes of its session meanwhile. */
@Timeout(120)
class ServeVerbIT {
  @TempDir private Path directory;
  private InstalledCommand heaplight;

  @BeforeEach
  void begin() {
    heaplight = new InstalledCommand(Jdk.running(), directory);
  }

  @Test
  void whatIsWrongIsOneLine() throws Exception {
    Path session = session();
    Path none = directory.resolve("none");
    assertError(
        "cannot serve "
            + none
            + ": there is no such directory; give the directory in which the session's logs lie",
        none);
    assertError(
        "cannot serve "
            + directory
            + ": no worker has used it: it has neither logs nor monitor in it; give the directory"
            + " that workers were started with, as session= or in HEAPLIGHT_SESSION_DIR",
        directory);
    assertError(
        "cannot serve at 0.0.0.0 without a token: everybody on the network could read the session;"
            + " leave --no-auth or --host out",
        session,
        "--no-auth",
        "--host",
        "0.0.0.0");
    assertError(
        "cannot join a node: malformed address: expected=http://host:port/?token=... or"
            + " https://...; give --node the address that heaplight serve printed there",
        session,
        "--node",
        "ftp://x");
    assertError(
        "cannot use key store "
            + none
            + ": "
            + none
            + "; give a PKCS#12 file made with keytool, and its password in"
            + " HEAPLIGHT_KEYSTORE_PASSWORD",
        session,
        "--key-store",
        none);
    try (ServedSession other = ServedSession.start(directory, session)) {
      String port = other.origin().replaceFirst(".*:", "");
      assertError(
          "cannot listen at 127.0.0.1:"
              + port
              + ": Address already in use; give another --port, or 0 for any that is free",
          session,
          "--port",
          port);
    }
  }

  private void assertError(String expected, Object... arguments) throws Exception {
    Object[] all = Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(Object[]::new);
    assertEquals(new CommandRun(1, "", "heaplight: " + expected + "\n"), heaplight.run(all));
  }

  @Test
  void signalsEndItCleanly() throws Exception {
    for (Map.Entry<String, Integer> signal : Map.of("TERM", 143, "INT", 130).entrySet()) {
      Path temporary = Files.createDirectory(directory.resolve(signal.getKey()));
      ServedSession served =
          ServedSession.started(
              directory,
              Stream.concat(
                      Stream.of("env", "HEAPLIGHT_JAVA_OPTS=-Djava.io.tmpdir=" + temporary),
                      InstalledCommand.words("serve", session()).stream())
                  .toList());
      assertEquals(200, served.get("/flamegraph?file=job.heaplight").statusCode());
      assertEquals(List.of("heaplight-serve-"), names(temporary));
      new ProcessBuilder("kill", "-" + signal.getKey(), Long.toString(served.pid()))
          .start()
          .waitFor();
      assertEquals(signal.getValue(), served.process().waitFor());
      assertEquals("", served.errors());
      assertEquals(List.of(), names(temporary));
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString().replaceAll("[0-9]+$", ""))
          .filter(name -> !name.startsWith("hsperfdata"))
          .toList();
    }
  }

  @Test
  void sessionStaysAsItIs() throws Exception {
    Path session = session();
    Map<String, String> before = contents(session);
    try (ServedSession served = ServedSession.start(directory, session)) {
      ServedSession.await(() -> served.get("/api/tasks").body().contains("finished"));
      for (String path :
          List.of("/metrics", "/api/memory", "/api/events", "/file?file=job.heaplight")) {
        assertEquals(200, served.get(path).statusCode(), path);
      }
    }
    assertEquals(before, contents(session));
  }

  private static Map<String, String> contents(Path session) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(session)) {
      for (Path file : files.toList()) {
        contents.put(
            session.relativize(file).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                + Files.getLastModifiedTime(file));
      }
    }
    return contents;
  }

  @Test
  void emptySessionIsServedAndOneThatVanishesSaysSo() throws Exception {
    Path session = directory.resolve("empty");
    Path logs = Files.createDirectories(session.resolve("logs"));
    try (ServedSession served = ServedSession.start(directory, session)) {
      assertTrue(served.get("/api/logs").body().startsWith("{\"total\":0,"));
      assertEquals(200, served.get("/metrics").statusCode());
      TestRecording.create(logs.resolve("late.heaplight")).finish(1_500, 128, 2);
      Files.writeString(logs.resolve("broken.heaplight"), "no recording");
      ServedSession.await(
          () ->
              served.get("/api/tasks").body().contains("\"state\":\"damaged\"")
                  && served.get("/api/tasks").body().contains("\"state\":\"finished\""));
      String failed = served.get("/flamegraph?file=broken.heaplight").body();
      assertTrue(failed.startsWith("{\"error\":\"cannot be drawn: "), failed);
      try (Stream<Path> all = Files.walk(session)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
      ServedSession.await(
          () -> served.get("/api/overview").body().contains("the session's directory is gone"));
      assertEquals(404, served.get("/file?file=late.heaplight").statusCode());
      assertTrue(served.get("/metrics").body().contains("heaplight_session_present 0.0"));
    }
  }

  @Test
  void otherVerbsLoadNothingOfTheServer() throws Exception {
    Path loaded = directory.resolve("classes.txt");
    ProcessBuilder builder = heaplight.builder("ls", session());
    builder.environment().put("HEAPLIGHT_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
    Process listing = builder.redirectOutput(directory.resolve("ls.txt").toFile()).start();
    assertEquals(0, listing.waitFor());
    String classes = Files.readString(loaded);
    assertTrue(classes.contains("dev.heaplight.cli.LsCommand"));
    assertFalse(classes.contains("dev.heaplight.server") || classes.contains("jetty"));
    assertTrue(heaplight.run("help", "serve").out().contains("--key-store"));
    assertTrue(heaplight.run("completion", "bash").out().contains("serve"));
  }

  private Path session() throws IOException {
    Path logs = Files.createDirectories(directory.resolve("session/logs"));
    if (!Files.exists(logs.resolve("job.heaplight"))) {
      TestRecording recording = TestRecording.create(logs.resolve("job.heaplight"));
      recording.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
      recording.finish(1_500, 128, 2);
    }
    return directory.resolve("session");
  }
}
