package dev.heaplight.server.node;

import dev.heaplight.monitor.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node that was joined. Thread-safe. */
final class Node {
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_OVERVIEW_BYTES = 4 << 20;
  private static final int OK = 200;

  private final NodeAddress address;
  private final HttpClient client;
  private volatile State state = new State(false, 0, "not asked yet", null);

  /**
   * How it was when it was asked last.
   *
   * @param reachable whether it answered
   * @param seenMillis when it last answered; 0 for never
   * @param trouble why it does not answer
   * @param overview its own words
   */
  private record State(
      boolean reachable, long seenMillis, String trouble, @Nullable Object overview) {}

  Node(NodeAddress address, HttpClient client) {
    this.address = address;
    this.client = client;
  }

  /** Asks how it is. */
  void poll() throws InterruptedException {
    State before = state;
    try {
      HttpResponse<InputStream> answer =
          client.send(
              request("/api/overview").timeout(POLL_TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != OK) {
          throw new IOException(
              answer.statusCode() == 401
                  ? "the token is missing or wrong"
                  : "it answers with status " + answer.statusCode());
        }
        byte[] bytes = body.readNBytes(MAX_OVERVIEW_BYTES);
        Object overview = JsonValue.parse(new String(bytes, StandardCharsets.UTF_8));
        state = new State(true, System.currentTimeMillis(), "", overview);
      }
    } catch (IOException | IllegalArgumentException e) {
      state = new State(false, before.seenMillis(), trouble(e), before.overview());
    }
  }

  private static String trouble(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "no connection" : message;
  }

  /** A request for a path below its address. */
  HttpRequest.Builder request(String pathAndQuery) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.base() + pathAndQuery));
    String token = address.token();
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  String shown() {
    return address.shown();
  }

  boolean isReachable() {
    return state.reachable();
  }

  /** How it is, as JSON's values. */
  Map<String, Object> json(int number) {
    State now = state;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", number);
    json.put("address", address.shown());
    json.put("reachable", now.reachable());
    json.put("seenMillis", now.seenMillis());
    json.put("trouble", now.trouble());
    json.put("host", JsonValue.text(now.overview(), "host"));
    json.put("recordings", JsonValue.number(now.overview(), "recordings"));
    json.put("workersRunning", JsonValue.number(now.overview(), "workersRunning"));
    json.put("killed", JsonValue.number(now.overview(), "killed"));
    if (JsonValue.at(now.overview(), "bounds") instanceof java.util.List<?> bounds
        && !bounds.isEmpty()) {
      json.put("usedBytes", JsonValue.number(bounds.get(0), "usedBytes"));
      json.put("totalBytes", JsonValue.number(bounds.get(0), "totalBytes"));
      json.put("triggerBytes", JsonValue.number(bounds.get(0), "triggerBytes"));
    }
    return json;
  }
}
