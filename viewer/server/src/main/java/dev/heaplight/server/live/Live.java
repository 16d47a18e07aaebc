package dev.heaplight.server.live;

import dev.heaplight.server.http.Route;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Clients that are told of each new view, by an event stream as the HTML standard specifies it. A
 * client that does not keep up misses views and costs one buffer; the connector's idle time-out
 * ends one that reads nothing at all. Thread-safe.
 */
public final class Live implements Route, AutoCloseable {
  private static final int MAX_CLIENTS = 64;

  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final Supplier<String> now;
  private volatile boolean closed;

  /** Nobody listens yet; {@code now} is what one that joins is told first. */
  public Live(Supplier<String> now) {
    this.now = now;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    if (closed || clients.size() >= MAX_CLIENTS) {
      throw new IOException("too many pages are open: at most=" + MAX_CLIENTS);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    Client client = new Client(response, callback);
    clients.add(client);
    client.send(event(now.get()));
  }

  /** Whether anybody listens: else nothing needs to be put into words. */
  public boolean isWatched() {
    return !clients.isEmpty();
  }

  /** Tells all of a new view, one line of JSON. */
  public void tell(String json) {
    String event = event(json);
    clients.forEach(client -> client.send(event));
  }

  private static String event(String json) {
    return "event: view\ndata: " + json + "\n\n";
  }

  /** Ends all streams; pages try again later. */
  @Override
  public void close() {
    closed = true;
    clients.forEach(Client::end);
  }

  /** One open page. */
  private final class Client {
    private final Response response;
    private final Callback callback;
    private boolean writing;
    private boolean ended;

    Client(Response response, Callback callback) {
      this.response = response;
      this.callback = callback;
    }

    void send(String event) {
      synchronized (this) {
        if (writing || ended) {
          return; // it has not taken the one before
        }
        writing = true;
      }
      response.write(
          false,
          ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8)),
          Callback.from(this::written, this::failed));
    }

    private void written() {
      boolean last;
      synchronized (this) {
        writing = false;
        last = ended;
      }
      if (last) {
        callback.succeeded();
      }
    }

    private void failed(Throwable failure) {
      clients.remove(this);
      synchronized (this) {
        ended = true;
      }
      callback.failed(failure);
    }

    void end() {
      clients.remove(this);
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
        if (writing) {
          return; // completed once that is written
        }
      }
      callback.succeeded();
    }
  }
}
