package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SessionWatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * All scopes that were recorded, a page at a time. Parameters: {@code filter} (part of a name or
 * id), {@code kind}, {@code state} (as in a row), {@code sort} (a column, with a minus before it
 * the other way round), {@code offset} and {@code limit}.
 */
public final class Tasks implements Route {
  private final SessionWatch watch;

  /** Of a session. */
  public Tasks(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) {
    Query query = Query.of(request);
    SessionView view = watch.view();
    TaskTable table = TaskTable.of(view, watch.index());
    String filter = query.text("filter").toLowerCase(Locale.ROOT);
    List<TaskRow> rows = new ArrayList<>();
    for (TaskRow row : table.rows()) {
      if (is(query.text("kind"), row.kind())
          && is(query.text("state"), row.state())
          && row.matches(filter)) {
        rows.add(row);
      }
    }
    rows.sort(TaskRow.order(query.text("sort")));
    Map<String, Object> json = Page.of(query, rows, Tasks::row);
    json.put("kinds", table.kinds());
    json.put("waiting", view.waiting());
    json.put("timeMillis", System.currentTimeMillis());
    Answer.json(response, callback, HttpStatus.OK_200, json);
  }

  private static boolean is(String asked, String actual) {
    return asked.isEmpty() || asked.equals(actual);
  }

  private static Object row(TaskRow row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", row.file());
    json.put("scope", row.scope());
    json.put("kind", row.kind());
    json.put("id", row.id());
    json.put("pid", row.pid());
    json.put("state", row.state());
    json.put("startMillis", row.startMillis());
    json.put("durationMillis", row.durationMillis());
    json.put("heldBytes", row.heldBytes());
    json.put("allocatedBytes", row.allocatedBytes());
    json.put("peakBytes", row.peakBytes());
    json.put("survivingBytes", row.survivingBytes());
    json.put("attempt", row.attempt());
    return json;
  }
}
