package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server refuses, asked over plain sockets: clients' libraries would tidy requests up. */
@Timeout(120)
class ServeSecurityIT {
  private static final String SECRET = "not of this session";

  @TempDir private static Path directory;
  private static ServedSession served;

  @BeforeAll
  static void begin() throws IOException {
    Path logs = Files.createDirectories(directory.resolve("session/logs"));
    TestRecording.create(logs.resolve("job.heaplight")).finish(1_500, 128, 2);
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), SECRET);
    Files.writeString(directory.resolve("session/secret"), SECRET);
    Files.createSymbolicLink(logs.resolve("link"), outside.resolve("secret"));
    Files.createSymbolicLink(logs.resolve("within"), outside);
    served = ServedSession.start(directory, directory.resolve("session"));
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @Test
  void namesThatLeadOutOfTheSessionAreNotFound() throws IOException {
    for (String name :
        List.of(
            "../secret",
            "..%2Fsecret",
            "%2e%2e/secret",
            "..%252Fsecret",
            "./job.heaplight",
            "job.heaplight/../../secret",
            directory.resolve("outside/secret").toString(),
            "/etc/passwd",
            "..%5Csecret",
            "%00",
            "job.heaplight%00.json")) {
      for (String path : List.of("/file", "/flamegraph", "/api/report", "/api/memory")) {
        refused(authorised(path + "?file=" + name));
      }
    }
    for (String path :
        List.of(
            "/../secret",
            "/page/../../secret",
            "/page/..%2f..%2fsecret",
            "/%2e%2e/secret",
            "//etc/passwd",
            "/file/../../secret",
            "/node/1/api/logs",
            "/page/;/../secret")) {
      refused(authorised(path));
    }
  }

  @Test
  void linksAreNeitherListedNorFollowed() throws IOException {
    String listed = served.get("/api/logs").body();
    assertTrue(listed.contains("job.heaplight"), listed);
    assertFalse(listed.contains("link") || listed.contains("within"), listed);
    refused(authorised("/file?file=link"));
    refused(authorised("/file?file=within/secret"));
  }

  @Test
  void fileThatBecomesALinkIsNotServed() throws IOException {
    Path logs = directory.resolve("session/logs");
    Files.writeString(Files.createDirectory(logs.resolve("late")).resolve("secret"), "ours");
    ServedSession.await(() -> served.get("/file?file=late/secret").body().equals("ours"));
    Files.move(logs.resolve("late"), directory.resolve("moved"));
    Files.createSymbolicLink(logs.resolve("late"), directory.resolve("outside"));
    refused(authorised("/file?file=late/secret"));
  }

  @Test
  void onlyTheTokenOpens() throws IOException {
    String token = served.token();
    assertEquals(43, token.length());
    String wrong = token.substring(1) + (token.endsWith("x") ? "y" : "x");
    String port = served.origin().replaceFirst(".*:", "");
    for (String path : List.of("/", "/api/overview", "/metrics", "/file?file=job.heaplight")) {
      assertStatus(401, request(path, ""));
      assertStatus(401, request(path, "Authorization: Bearer " + wrong + "\r\n"));
      assertStatus(401, request(path, "Authorization: Basic " + token + "\r\n"));
      assertStatus(401, request(path, "Cookie: heaplight-" + port + "=" + wrong + "\r\n"));
      assertStatus(401, request(path, "Cookie: heaplight-1=" + token + "\r\n"));
      assertStatus(200, request(path, "Cookie: heaplight-" + port + "=" + token + "\r\n"));
      assertStatus(200, request(path, "Authorization: Bearer " + token + "\r\n"));
    }
    assertStatus(401, request("/?token=" + wrong, ""));
    assertStatus(401, request("/?token=", ""));
    assertStatus(401, request("/api/overview?token=" + token, "")); // kept in logs of proxies
    String page = request("/?token=" + token, "");
    assertStatus(200, page);
    assertTrue(page.contains("HttpOnly"), page);
    assertTrue(page.contains("SameSite=Strict"), page);
  }

  @Test
  void namesOfOthersAreRefused() throws IOException {
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil", "")) {
      String answer = exchange(head("/api/overview", host) + bearer() + "\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 421 ") || answer.startsWith("HTTP/1.1 400 "), answer);
    }
    String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    for (String host : List.of("localhost:1", "127.0.0.1", "[::1]:80", name + ":80")) {
      assertStatus(200, exchange(head("/api/overview", host) + bearer() + "\r\n"));
    }
  }

  @Test
  void answersForbidScriptsOfOthers() throws IOException {
    String answer = authorised("/");
    assertTrue(answer.contains("Content-Security-Policy: default-src 'none';"), answer);
    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
    assertTrue(answer.contains("Referrer-Policy: no-referrer"), answer);
    assertFalse(answer.contains("Server:"), answer);
    assertFalse(answer.contains("Access-Control-Allow-Origin"), answer);
  }

  @Test
  void nothingCanBeChanged() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
      String answer =
          exchange(method + " /api/overview HTTP/1.1\r\nHost: localhost\r\n" + bearer() + "\r\n");
      assertStatus(405, answer);
    }
  }

  @Test
  void whatIsTooLargeOrNoRequestIsRefused() throws IOException {
    assertStatus(431, request("/api/overview", "X-Large: " + "x".repeat(20_000) + "\r\n"));
    assertStatus(414, request("/?" + "x".repeat(20_000), ""));
    assertStatus(400, exchange("nonsense\r\n\r\n"));
    assertStatus(400, exchange("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
    assertStatus(400, authorised("/api/logs?limit=100000"));
    assertStatus(400, authorised("/api/logs?offset=-1"));
    assertStatus(400, authorised("/api/tasks?sort=%3Cscript%3E"));
    assertStatus(200, authorised("/api/overview"));
  }

  private static void refused(String answer) {
    assertTrue(answer.matches("(?s)HTTP/1\\.1 (400|404|503) .*"), answer);
    assertFalse(answer.contains(SECRET) || answer.contains("root:"), answer);
  }

  private static void assertStatus(int expected, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), answer);
  }

  private static String bearer() {
    return "Authorization: Bearer " + served.token() + "\r\n";
  }

  private static String authorised(String path) throws IOException {
    return request(path, bearer());
  }

  private static String request(String path, String headers) throws IOException {
    return exchange(head(path, "localhost") + headers + "\r\n");
  }

  private static String head(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
  }

  private static String exchange(String request) throws IOException {
    int port = Integer.parseInt(served.origin().replaceFirst(".*:", ""));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
