package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.SessionWatch;
import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A file of the logs as it is, to be saved. Parameter: {@code file}. */
public final class Download implements Route {
  private final SessionWatch watch;

  /** Of a session. */
  public Download(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    Answer.download(
        request, response, callback, Logs.file(watch.view(), Query.of(request), "file"));
  }
}
