package dev.heaplight.server.api;

import dev.heaplight.monitor.forensics.Explanation;
import dev.heaplight.monitor.forensics.Forensics;
import dev.heaplight.monitor.forensics.KernelLog;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.BadRequestException;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.SessionWatch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Why a worker ended, as {@code heaplight explain} says it. Parameters: {@code pid}, {@code start}.
 */
public final class Ends implements Route {
  private final SessionWatch watch;

  /** Of a session. */
  public Ends(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) {
    Query query = Query.of(request);
    ProcessIdentity worker =
        watch.view().node().workers().stream()
            .map(view -> view.worker().identity())
            .filter(each -> Long.toString(each.pid()).equals(query.text("pid")))
            .filter(each -> Long.toString(each.startTicks()).equals(query.text("start")))
            .findFirst()
            .orElseThrow(
                () -> BadRequestException.notThere("there is no such worker in this session"));
    Answer.json(response, callback, HttpStatus.OK_200, members(explain(worker)));
  }

  /** One at a time: it reads the kernel's log. */
  private synchronized Explanation explain(ProcessIdentity worker) {
    return new Forensics(new MonitorDirectory(watch.session()), Path.of("/"), KernelLog.read())
        .explain(worker);
  }

  private static Map<String, Object> members(Explanation explained) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", explained.worker().pid());
    json.put("command", explained.command());
    json.put("verdict", explained.verdict().name());
    json.put("detail", explained.detail());
    json.put("evidence", explained.evidence());
    json.put("message", explained.message());
    return json;
  }
}
