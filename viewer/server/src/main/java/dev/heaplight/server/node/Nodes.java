package dev.heaplight.server.node;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.BadRequestException;
import dev.heaplight.server.http.Route;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that were joined. Below {@code /node/<number>/} is what that node's server answers to
 * the rest of the path; its token stays here.
 */
public final class Nodes implements Route, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

  /** Longer than a flame graph may take to be drawn there. */
  private static final Duration DRAW_TIMEOUT = Duration.ofMinutes(5);

  private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What may be asked of a node; not the live view, nor what it has joined itself. */
  private static final Pattern PATH =
      Pattern.compile("/node/(\\d{1,4})(/(?:api/[a-z]+|file|flamegraph))");

  private final List<Node> nodes = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "heaplight-serve-nodes");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client;
  private final Thread poller;
  private volatile boolean closed;

  /**
   * Nodes at these addresses.
   *
   * @param ownToken for those whose address has none
   * @param trusted whom to trust over TLS; null for whom Java trusts
   * @throws IllegalArgumentException if one is no address
   */
  public Nodes(List<String> addresses, @Nullable String ownToken, @Nullable SSLContext trusted) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads);
    client = (trusted == null ? builder : builder.sslContext(trusted)).build();
    addresses.forEach(address -> nodes.add(new Node(NodeAddress.of(address, ownToken), client)));
    poller = new Thread(this::poll, "heaplight-serve-poll");
    poller.setDaemon(true);
  }

  /** Begins to ask how they are. */
  public void start() {
    if (!nodes.isEmpty()) {
      poller.start();
    }
  }

  private void poll() {
    try {
      while (!closed) {
        for (Node node : nodes) {
          node.poll();
        }
        LockSupport.parkNanos(this, POLL_NANOS);
      }
    } catch (InterruptedException e) {
      return; // closed
    }
  }

  /** How all of them are, as JSON's values. */
  public List<Object> json() {
    List<Object> json = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      json.add(nodes.get(i).json(i + 1));
    }
    return json;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    Matcher path = PATH.matcher(request.getHttpURI().getPath());
    if (!path.matches()) {
      throw BadRequestException.notThere("there is nothing here");
    }
    int number = Integer.parseInt(path.group(1));
    if (number < 1 || number > nodes.size()) {
      throw BadRequestException.notThere("there is no such node");
    }
    Node node = nodes.get(number - 1);
    if (node.isGone()) { // or each view would wait for it
      gone(response, callback, node);
      return;
    }
    boolean drawn = path.group(2).equals("/flamegraph");
    HttpRequest sent =
        asked(node, path.group(2), request.getHttpURI().getQuery())
            .timeout(drawn ? DRAW_TIMEOUT : ANSWER_TIMEOUT)
            .method(request.getMethod(), HttpRequest.BodyPublishers.noBody())
            .build();
    PassedOn passed = new PassedOn(response, callback, drawn);
    Object unused =
        client
            .sendAsync(sent, passed)
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null && !passed.hasBegun()) {
                    gone(response, callback, node);
                  }
                });
  }

  private static HttpRequest.Builder asked(Node node, String path, @Nullable String query) {
    try {
      return node.request(path + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("the query is not encoded as an address wants it");
    }
  }

  private static void gone(Response response, Callback callback, Node node) {
    Answer.json(
        response,
        callback,
        HttpStatus.BAD_GATEWAY_502,
        Map.of("error", "node " + node.shown() + " does not answer"));
  }

  @Override
  public void close() {
    closed = true;
    poller.interrupt();
    threads.shutdownNow();
  }
}
