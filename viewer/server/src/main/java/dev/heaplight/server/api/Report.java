package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.BadRequestException;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.session.SessionWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A monitor's report in full, as it lies in the logs. Parameter: {@code file}. */
public final class Report implements Route {
  private final SessionWatch watch;

  /** Of a session. */
  public Report(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    LogFile file = Logs.file(watch.view(), Query.of(request), "file");
    if (!file.name().endsWith(".json")) {
      throw BadRequestException.notThere("that file is no report");
    }
    Answer.bytes(
        response,
        callback,
        HttpStatus.OK_200,
        "application/json",
        file.text().getBytes(StandardCharsets.UTF_8));
  }
}
