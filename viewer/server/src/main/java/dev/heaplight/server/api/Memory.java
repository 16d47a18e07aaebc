package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.memory.MemoryLine;
import dev.heaplight.server.memory.MemoryLines;
import dev.heaplight.server.session.History;
import dev.heaplight.server.session.Kill;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SessionWatch;
import dev.heaplight.server.session.WorkerView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Memory over time with a mark for each kill: of the largest workers, or with {@code pid} of one of
 * them, or with {@code file} of one task.
 */
public final class Memory implements Route {
  /** More lines than colours that can be told apart would say nothing. */
  private static final int MAX_LINES = 8;

  private static final int MAX_MARKS = 200;

  private final SessionWatch watch;
  private final MemoryLines lines;

  /** Of a session. */
  public Memory(SessionWatch watch, MemoryLines lines) {
    this.watch = watch;
    this.lines = lines;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    Query query = Query.of(request);
    SessionView view = watch.view();
    List<Object> shown = new ArrayList<>();
    if (!query.text("file").isEmpty()) {
      var file = Logs.file(view, query, "file");
      shown.add(line(file.name(), 0, false, lines.of(file)));
    } else {
      for (WorkerView worker : view.node().workers()) {
        String pid = Long.toString(worker.worker().identity().pid());
        boolean asked = query.text("pid").isEmpty() || query.text("pid").equals(pid);
        if (asked && shown.size() < MAX_LINES) {
          MemoryLine line =
              lines.ofWorker(
                  view, watch.index(), view.node().host(), worker.worker().identity().pid());
          if (!line.points().isEmpty()) {
            shown.add(
                line(
                    worker.worker().command(),
                    worker.worker().identity().pid(),
                    worker.isAlive(),
                    line));
          }
        }
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", shown);
    json.put("kills", view.kills().stream().limit(MAX_MARKS).map(Memory::mark).toList());
    json.put("node", node(watch.history().points()));
    Answer.json(response, callback, HttpStatus.OK_200, json);
  }

  private static Object line(String name, long pid, boolean running, MemoryLine line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("pid", pid);
    json.put("running", running);
    json.put("timeMillis", column(line, MemoryLine.Point::timeMillis));
    json.put("rssMinusSharedBytes", column(line, MemoryLine.Point::rssMinusSharedBytes));
    json.put("heapUsedBytes", column(line, MemoryLine.Point::heapUsedBytes));
    json.put("liveBytes", column(line, MemoryLine.Point::liveBytes));
    return json;
  }

  private static List<Long> column(MemoryLine line, ToLongFunction<MemoryLine.Point> figure) {
    return line.points().stream().mapToLong(figure).boxed().toList();
  }

  private static Object mark(Kill kill) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("timeMillis", kill.timeMillis());
    json.put("pid", kill.victim().pid());
    json.put("scope", kill.scope());
    json.put("kind", kill.kind());
    json.put("worker", kill.worker());
    json.put("bytes", kill.bytes());
    json.put("report", kill.report());
    json.put("recording", kill.recording());
    return json;
  }

  private static Object node(List<History.Point> points) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("timeMillis", points.stream().map(History.Point::timeMillis).toList());
    json.put("usedBytes", points.stream().map(History.Point::usedBytes).toList());
    json.put("totalBytes", points.stream().map(History.Point::totalBytes).toList());
    json.put("triggerBytes", points.stream().map(History.Point::triggerBytes).toList());
    return json;
  }
}
