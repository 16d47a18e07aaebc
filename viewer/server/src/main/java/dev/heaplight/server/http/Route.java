package dev.heaplight.server.http;

import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests for one path. */
public interface Route {
  /**
   * Answers, now or later, and tells {@code callback} once.
   *
   * @throws BadRequestException if the request asks for nothing there is
   * @throws IOException if what it asks for cannot be read
   */
  void answer(Request request, Response response, Callback callback) throws IOException;
}
