package dev.heaplight.server;

import dev.heaplight.server.http.PlainErrors;
import dev.heaplight.server.http.Punctuality;
import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP library, with bounds on all that clients can take: connections, time, headers, threads.
 */
final class Listener implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 256;
  private static final int ACCEPT_QUEUE = 128;
  private static final int MAX_HEADER_BYTES = 8 << 10;
  private static final long IDLE_MILLIS = 30_000;

  /** Where the limit of connections is reached, idle ones make room sooner. */
  private static final long IDLE_MILLIS_AT_LIMIT = 2_000;

  private static final long FIRST_REQUEST_MILLIS = 10_000;
  private static final int MAX_THREADS = 24;
  private static final int MIN_THREADS = 2;
  private static final long STOP_MILLIS = 1_000;

  private final Server server;
  private final ServerConnector connector;
  private final String origin;

  private Listener(Server server, ServerConnector connector, String origin) {
    this.server = server;
    this.connector = connector;
    this.origin = origin;
  }

  /**
   * Listens at an address.
   *
   * @param tls key and certificate; null for plain HTTP
   * @throws ServeException if that is not possible
   */
  static Listener start(Handler handler, InetAddress address, int port, @Nullable SSLContext tls)
      throws ServeException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("heaplight-serve");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    Server server = new Server(threads);
    server.setHandler(handler);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(STOP_MILLIS);
    ServerConnector connector = connector(server, tls);
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    try {
      server.start();
    } catch (Exception e) { // as the library declares it
      stop(server);
      Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
      throw new ServeException(
          "cannot listen at " + address.getHostAddress() + ":" + port,
          String.valueOf(cause.getMessage()),
          "give another --port, or 0 for any that is free");
    }
    String host = address.getHostAddress();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return new Listener(
        server,
        connector,
        (tls == null ? "http://" : "https://") + shown + ":" + connector.getLocalPort());
  }

  private static ServerConnector connector(Server server, @Nullable SSLContext tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    } else {
      // A certificate of a cluster often has addresses and no names: clients check it, not we.
      http.addCustomizer(new SecureRequestCustomizer(false));
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setSslContext(tls);
      connector =
          new ServerConnector(
              server,
              1,
              1,
              new SslConnectionFactory(context, "http/1.1"),
              new HttpConnectionFactory(http));
    }
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(IDLE_MILLIS);
    NetworkConnectionLimit limit = new NetworkConnectionLimit(MAX_CONNECTIONS, connector);
    limit.setEndPointIdleTimeout(IDLE_MILLIS_AT_LIMIT);
    server.addBean(limit);
    connector.addBean(new Punctuality(connector.getScheduler(), FIRST_REQUEST_MILLIS));
    return connector;
  }

  /** The port it listens at. */
  int port() {
    return connector.getLocalPort();
  }

  /** Scheme, address and port. */
  String origin() {
    return origin;
  }

  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) { // as the library declares it
      return; // its threads are daemons: nothing holds the process
    }
  }
}
