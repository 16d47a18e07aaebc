package dev.heaplight.server.api;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.NodeView;
import dev.heaplight.server.session.Role;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SessionWatch;
import dev.heaplight.server.session.WorkerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The node, its workers and its largest processes, and how the session stands. */
public final class Overview implements Route {
  private static final int LISTED_WORKERS = 200;

  private final SessionWatch watch;
  private final Supplier<List<Object>> nodes;

  /** Of a session; {@code nodes} says how the nodes that were joined are. */
  public Overview(SessionWatch watch, Supplier<List<Object>> nodes) {
    this.watch = watch;
    this.nodes = nodes;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) {
    Answer.json(response, callback, HttpStatus.OK_200, of(watch.view()));
  }

  /** A view as JSON's values. */
  public Map<String, Object> of(SessionView view) {
    NodeView node = view.node();
    long now = System.currentTimeMillis();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("session", watch.session().toString());
    json.put("timeMillis", node.timeMillis());
    json.put("host", node.host());
    json.put("present", view.present());
    json.put("trouble", view.trouble());
    json.put("files", view.files().size());
    json.put("recordings", view.recordings());
    json.put("waiting", view.waiting());
    json.put("events", watch.events().size());
    json.put("killed", view.kills().stream().filter(kill -> kill.worker()).count());
    json.put("failed", view.kills().stream().filter(kill -> !kill.worker()).count());
    json.put("monitorLeads", node.monitor().isFresh(now));
    json.put("bounds", node.bounds().stream().map(Overview::bound).toList());
    json.put(
        "workers",
        node.workers().stream()
            .limit(LISTED_WORKERS)
            .map(each -> worker(each, view.ended(each)))
            .toList());
    json.put("workersRunning", node.workers().stream().filter(WorkerView::isAlive).count());
    json.put("workersEnded", node.workers().stream().filter(each -> !each.isAlive()).count());
    json.put("topUsers", node.topUsers().stream().map(Overview::user).toList());
    json.put("nodes", nodes.get());
    return json;
  }

  private static Object bound(NodeView.Bound bound) {
    MemoryLevel level = bound.level();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", level.path());
    json.put("kind", level.kind().name());
    json.put("usedBytes", level.usedBytes());
    json.put("totalBytes", level.totalBytes());
    json.put("sharedBytes", level.sharedBytes());
    json.put("triggerBytes", bound.triggerBytes());
    json.put("warnBytes", bound.warnBytes());
    json.put("formula", level.kind().formula());
    return json;
  }

  private static Object worker(WorkerView view, String ended) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", view.worker().identity().pid());
    json.put("startTicks", view.worker().identity().startTicks());
    json.put("command", view.worker().command());
    json.put("role", view.role().key());
    json.put("running", view.isAlive());
    json.put("ended", ended);
    json.put("killable", view.worker().killable());
    ProcessMemory memory = view.memory();
    if (memory != null) {
      json.put("rssBytes", memory.rssBytes());
      json.put("sharedBytes", memory.sharedBytes());
      json.put("privateBytes", memory.privateBytes());
      json.put("formula", memory.formula());
    }
    ProcessMemory.Mapped mapped = view.mapped();
    if (mapped != null) {
      json.put("ussBytes", mapped.ussBytes());
    }
    List<Object> tasks = new ArrayList<>();
    for (TaskRecord task : view.worker().tasks()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", task.name());
      one.put("kind", task.kind());
      one.put("id", task.id());
      one.put("bytes", task.estimatedBytes());
      one.put("attempt", task.attempt());
      tasks.add(one);
    }
    json.put("tasks", tasks);
    return json;
  }

  private static Object user(TopUsers.User user) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", user.pid());
    json.put("bytes", user.bytes());
    json.put("command", user.command());
    json.put("role", Role.of(user.command()).key());
    return json;
  }
}
