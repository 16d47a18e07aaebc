package dev.heaplight.server;

import dev.heaplight.monitor.json.JsonText;
import dev.heaplight.server.api.Assets;
import dev.heaplight.server.api.Download;
import dev.heaplight.server.api.Ends;
import dev.heaplight.server.api.EventList;
import dev.heaplight.server.api.Logs;
import dev.heaplight.server.api.Memory;
import dev.heaplight.server.api.Overview;
import dev.heaplight.server.api.Report;
import dev.heaplight.server.api.Tasks;
import dev.heaplight.server.draw.Drawings;
import dev.heaplight.server.draw.FlameGraphRoute;
import dev.heaplight.server.http.Gate;
import dev.heaplight.server.http.Routes;
import dev.heaplight.server.http.Token;
import dev.heaplight.server.live.Live;
import dev.heaplight.server.memory.MemoryLines;
import dev.heaplight.server.metrics.MetricsRoute;
import dev.heaplight.server.node.Nodes;
import dev.heaplight.server.session.SessionWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves one session until it is closed. Reads the session and never writes into it.
 *
 * <p>Threads: one watches the session, one asks other nodes, and the HTTP library has a bounded
 * pool for requests; answers are written without holding any of them. Thread-safe.
 */
public final class SessionServer implements AutoCloseable {
  private final SessionWatch watch;
  private final Nodes nodes;
  private final Drawings drawings;
  private final Live live;
  private final Listener listener;
  private final @Nullable Token token;

  private SessionServer(
      SessionWatch watch,
      Nodes nodes,
      Drawings drawings,
      Live live,
      Listener listener,
      @Nullable Token token) {
    this.watch = watch;
    this.nodes = nodes;
    this.drawings = drawings;
    this.live = live;
    this.listener = listener;
    this.token = token;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @param trouble is told, in one line each, of what should not have happened
   * @throws ServeException if a setting is wrong, or the address cannot be listened at
   */
  public static SessionServer start(ServeSettings settings, Consumer<String> trouble)
      throws ServeException {
    SessionPlace place = SessionPlace.of(settings.session());
    InetAddress address = address(settings.host());
    if (!settings.authenticated() && !address.isLoopbackAddress()) {
      throw new ServeException(
          "cannot serve at " + settings.host() + " without a token",
          "everybody on the network could read the session",
          "leave --no-auth or --host out");
    }
    Token token = settings.authenticated() ? token(settings.token()) : null;
    SSLContext tls =
        settings.keyStore() == null
            ? null
            : Tls.of(settings.keyStore(), settings.keyStorePassword());
    Nodes nodes = nodes(settings, tls);
    try {
      return start(place, nodes, new Drawings(), settings, token, tls, address, trouble);
    } catch (IOException e) {
      nodes.close();
      throw new ServeException(
          "cannot serve " + settings.session(),
          String.valueOf(e.getMessage()),
          "check the directory for temporary files");
    }
  }

  private static SessionServer start(
      SessionPlace place,
      Nodes nodes,
      Drawings drawings,
      ServeSettings settings,
      @Nullable Token token,
      @Nullable SSLContext tls,
      InetAddress address,
      Consumer<String> trouble)
      throws ServeException, IOException {
    SessionWatch watch = new SessionWatch(place.directory(), place.logs());
    Overview overview = new Overview(watch, nodes::json);
    Live live = new Live(() -> JsonText.line(overview.of(watch.view())));
    Assets assets = new Assets();
    Routes routes =
        new Routes(trouble)
            .add("/", assets)
            .add("/page/", assets)
            .add("/api/overview", overview)
            .add("/api/live", live)
            .add("/api/logs", new Logs(watch))
            .add("/api/tasks", new Tasks(watch))
            .add("/api/events", new EventList(watch))
            .add("/api/report", new Report(watch))
            .add("/api/end", new Ends(watch))
            .add("/api/memory", new Memory(watch, new MemoryLines()))
            .add("/file", new Download(watch))
            .add("/flamegraph", new FlameGraphRoute(watch, drawings))
            .add("/metrics", new MetricsRoute(watch))
            .add("/node/", nodes);
    // The kernel's own name for this machine: asking a name server could take long.
    Set<String> names = new TreeSet<>(List.of(settings.host(), watch.view().node().host()));
    Gate gate = new Gate(routes, token, names, tls != null);
    Listener listener;
    try {
      listener = Listener.start(gate, address, settings.port(), tls);
    } catch (ServeException e) {
      watch.close();
      nodes.close();
      drawings.close();
      throw e;
    }
    gate.atPort(listener.port());
    nodes.start();
    watch.start(
        view -> {
          if (live.isWatched()) {
            live.tell(JsonText.line(overview.of(view)));
          }
        });
    return new SessionServer(watch, nodes, drawings, live, listener, token);
  }

  private static InetAddress address(String host) throws ServeException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ServeException(
          "cannot serve at " + host, "there is no such host", "give an address of this machine");
    }
  }

  private static Token token(@Nullable String given) throws ServeException {
    try {
      return given == null ? Token.random() : Token.of(given);
    } catch (IllegalArgumentException e) {
      throw new ServeException(
          "cannot use the token in HEAPLIGHT_SERVE_TOKEN",
          "malformed: " + e.getMessage(),
          "leave it out for a random one");
    }
  }

  private static Nodes nodes(ServeSettings settings, @Nullable SSLContext tls)
      throws ServeException {
    try {
      return new Nodes(settings.nodes(), settings.token(), tls);
    } catch (IllegalArgumentException e) {
      throw new ServeException(
          "cannot join a node",
          "malformed address: " + e.getMessage(),
          "give --node the address that heaplight serve printed there");
    }
  }

  /** Its address, with the token. */
  public URI address() {
    String query = token == null ? "/" : "/?" + Gate.PARAMETER + "=" + token.text();
    return URI.create(listener.origin() + query);
  }

  /** Where the session lies. */
  public String session() {
    return watch.session().toString();
  }

  /** Recordings that were found and not summed up yet. */
  public int waiting() {
    return watch.view().waiting();
  }

  /** Ends all streams and answers nothing more; what was being drawn is stopped. */
  @Override
  public void close() throws IOException {
    live.close();
    listener.close();
    watch.close();
    nodes.close();
    drawings.close();
  }
}
