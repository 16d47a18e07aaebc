package dev.heaplight.server.draw;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.BadRequestException;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.session.SessionWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A recording's flame graph. Parameters: {@code file}, and {@code base} to compare it with. */
public final class FlameGraphRoute implements Route {
  private final SessionWatch watch;
  private final Drawings drawings;

  /** Of a session's recordings. */
  public FlameGraphRoute(SessionWatch watch, Drawings drawings) {
    this.watch = watch;
    this.drawings = drawings;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    Query query = Query.of(request);
    List<LogFile> files = new ArrayList<>();
    files.add(recording(query.text("file")));
    if (!query.text("base").isEmpty()) {
      files.add(recording(query.text("base")));
    }
    Path page = drawings.draw(files);
    Answer.asReport(response);
    Answer.file(request, response, Callback.from(callback, () -> delete(page)), page);
  }

  private LogFile recording(String name) {
    LogFile file = watch.view().files().get(name);
    if (file == null || !file.isRecording()) {
      throw BadRequestException.notThere("there is no such recording in this session");
    }
    return file;
  }

  private static void delete(Path page) {
    try {
      Files.deleteIfExists(page);
    } catch (IOException e) {
      return; // the server removes its directory when it ends
    }
  }
}
