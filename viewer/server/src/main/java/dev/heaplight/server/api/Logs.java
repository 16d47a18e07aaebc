package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.BadRequestException;
import dev.heaplight.server.http.Query;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.session.RecordingSummary;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SessionWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * All files of the session's logs, a page at a time. Parameters: {@code sort} (name, size or age,
 * with a minus before it the other way round), {@code filter} (part of a name), {@code only}
 * (recordings), {@code offset} and {@code limit}.
 */
public final class Logs implements Route {
  private final SessionWatch watch;

  /** Of a session. */
  public Logs(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) {
    Query query = Query.of(request);
    SessionView view = watch.view();
    String filter = query.text("filter").toLowerCase(Locale.ROOT);
    boolean recordings = query.text("only").equals("recordings");
    List<LogFile> files = new ArrayList<>();
    for (LogFile file : view.files().values()) {
      if ((!recordings || file.isRecording())
          && (filter.isEmpty() || file.name().toLowerCase(Locale.ROOT).contains(filter))) {
        files.add(file);
      }
    }
    files.sort(order(query.text("sort")));
    Map<String, Object> json = Page.of(query, files, this::row);
    json.put("waiting", view.waiting());
    json.put("timeMillis", System.currentTimeMillis());
    Answer.json(response, callback, HttpStatus.OK_200, json);
  }

  private static Comparator<LogFile> order(String sort) {
    String name = sort.startsWith("-") ? sort.substring(1) : sort;
    Comparator<LogFile> order =
        switch (name) {
          case "", "age" -> Comparator.comparingLong(file -> -file.modifiedMillis());
          case "size" -> Comparator.comparingLong(file -> -file.sizeBytes());
          case "name" -> Comparator.comparing(LogFile::name);
          default -> throw new BadRequestException("parameter sort: expected=name, size or age");
        };
    return (sort.startsWith("-") ? order.reversed() : order).thenComparing(LogFile::name);
  }

  private Object row(LogFile file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", file.name());
    json.put("sizeBytes", file.sizeBytes());
    json.put("modifiedMillis", file.modifiedMillis());
    json.put("recording", file.isRecording());
    RecordingSummary summary = watch.index().of(file.name());
    json.put("state", summary == null ? "" : summary.state().key());
    json.put("scope", summary == null ? "" : summary.scope());
    return json;
  }

  /**
   * The file that a parameter names. It is only ever looked up among those that were found, so that
   * no name leads out of the session.
   *
   * @throws BadRequestException if there is none of that name
   */
  static LogFile file(SessionView view, Query query, String parameter) {
    @Nullable LogFile file = view.files().get(query.text(parameter));
    if (file == null) {
      throw BadRequestException.notThere("there is no such file in this session");
    }
    return file;
  }
}
