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

  /** Longer than a flame graph may take to be drawn there. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

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
      throw new BadRequestException("there is nothing here");
    }
    int number = Integer.parseInt(path.group(1));
    if (number < 1 || number > nodes.size()) {
      throw new BadRequestException("there is no such node");
    }
    Node node = nodes.get(number - 1);
    String query = request.getHttpURI().getQuery();
    HttpRequest.Builder asked = node.request(path.group(2) + (query == null ? "" : "?" + query));
    HttpRequest sent =
        asked
            .timeout(ANSWER_TIMEOUT)
            .method(request.getMethod(), HttpRequest.BodyPublishers.noBody())
            .build();
    PassedOn passed = new PassedOn(response, callback, path.group(2).equals("/flamegraph"));
    Object unused =
        client
            .sendAsync(sent, passed)
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null && !passed.hasBegun()) {
                    Answer.json(
                        response,
                        callback,
                        HttpStatus.BAD_GATEWAY_502,
                        Map.of("error", "node " + node.shown() + " does not answer"));
                  }
                });
  }

  @Override
  public void close() {
    closed = true;
    poller.interrupt();
    threads.shutdownNow();
  }
}
