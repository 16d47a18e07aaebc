package dev.heaplight.server.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose first request is not there in time. A client that sends a byte now and
 * then is never idle, and could hold a connection for ever without having shown the token; one that
 * was refused is closed anyway.
 */
public final class Punctuality implements Connection.Listener {
  private static final String ARRIVED = Punctuality.class.getName();

  private final Scheduler scheduler;
  private final long millis;

  /** Waits {@code millis} for a request. */
  public Punctuality(Scheduler scheduler, long millis) {
    this.scheduler = scheduler;
    this.millis = millis;
  }

  /** Notes that a connection has brought a whole request. */
  static void arrived(Request request) {
    request.getConnectionMetaData().setAttribute(ARRIVED, true);
  }

  @Override
  public void onOpened(Connection connection) {
    // Below TLS lies a connection of its own, of which the one of requests is part.
    if (connection instanceof ConnectionMetaData requests) {
      Object unused =
          scheduler.schedule(
              () -> {
                if (requests.getAttribute(ARRIVED) == null) {
                  connection.getEndPoint().close();
                }
              },
              millis,
              TimeUnit.MILLISECONDS);
    }
  }
}
