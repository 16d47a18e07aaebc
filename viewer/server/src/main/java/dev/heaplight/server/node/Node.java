package dev.heaplight.server.node;

import dev.heaplight.monitor.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node that was joined. Thread-safe. */
final class Node {
  private static final long POLL_SECONDS = 5;
  private static final int OK = 200;
  private static final int UNAUTHORISED = 401;

  private static final State UNKNOWN = new State(false, 0, "not asked yet", null);

  private final NodeAddress address;
  private final HttpClient client;
  private volatile State state = UNKNOWN;

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
      // The request's own time-out ends with the head of the answer: a node may stop after that.
      HttpResponse<byte[]> answer =
          client
              .sendAsync(request("/api/overview").build(), HttpResponse.BodyHandlers.ofByteArray())
              .orTimeout(POLL_SECONDS, TimeUnit.SECONDS)
              .get();
      if (answer.statusCode() != OK) {
        throw new IOException(
            answer.statusCode() == UNAUTHORISED
                ? "the token is missing or wrong"
                : "it answers with status " + answer.statusCode());
      }
      Object overview = JsonValue.parse(new String(answer.body(), StandardCharsets.UTF_8));
      state = new State(true, System.currentTimeMillis(), "", overview);
    } catch (ExecutionException e) {
      state = new State(false, before.seenMillis(), trouble(e.getCause()), before.overview());
    } catch (IOException | IllegalArgumentException e) {
      state = new State(false, before.seenMillis(), trouble(e), before.overview());
    }
  }

  private static String trouble(@Nullable Throwable e) {
    String message = e == null ? null : e.getMessage();
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

  /** Whether it did not answer when it was asked last. */
  boolean isGone() {
    State last = state;
    return !last.equals(UNKNOWN) && !last.reachable();
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
    if (JsonValue.at(now.overview(), "bounds") instanceof List<?> bounds && !bounds.isEmpty()) {
      json.put("usedBytes", JsonValue.number(bounds.get(0), "usedBytes"));
      json.put("totalBytes", JsonValue.number(bounds.get(0), "totalBytes"));
      json.put("triggerBytes", JsonValue.number(bounds.get(0), "triggerBytes"));
    }
    return json;
  }
}
