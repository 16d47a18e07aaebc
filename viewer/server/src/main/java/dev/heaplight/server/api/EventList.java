package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.Event;
import dev.heaplight.server.session.SessionWatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The session's last events, the latest first, a page at a time. Parameters: {@code type}, {@code
 * offset} and {@code limit}.
 */
public final class EventList implements Route {
  private final SessionWatch watch;

  /** Of a session. */
  public EventList(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) {
    Query query = Query.of(request);
    String type = query.text("type");
    List<Event> events = new ArrayList<>();
    for (Event event : watch.events().latest(Integer.MAX_VALUE)) {
      if (type.isEmpty() || event.type().equals(type)) {
        events.add(event);
      }
    }
    Map<String, Object> json = Page.of(query, events, EventList::row);
    json.put("counts", watch.events().counts());
    Answer.json(response, callback, HttpStatus.OK_200, json);
  }

  private static Object row(Event event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", event.number());
    json.put("timeMillis", event.timeMillis());
    json.put("type", event.type());
    json.put("text", event.text());
    json.put("report", event.report());
    return json;
  }
}
