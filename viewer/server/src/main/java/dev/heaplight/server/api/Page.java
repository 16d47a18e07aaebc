package dev.heaplight.server.api;

import dev.heaplight.server.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A part of a long table: no more rows are made into JSON than are looked at. */
final class Page {
  private static final int MAX_ROWS = 500;
  private static final int USUAL_ROWS = 100;
  private static final int MAX_OFFSET = 10_000_000;

  private Page() {}

  /** The rows that {@code query} asks for, and how many there are. */
  static <T> Map<String, Object> of(Query query, List<T> all, Function<T, Object> row) {
    int offset = query.number("offset", 0, 0, MAX_OFFSET);
    int limit = query.number("limit", USUAL_ROWS, 1, MAX_ROWS);
    int from = Math.min(offset, all.size());
    List<Object> rows = new ArrayList<>();
    for (T each : all.subList(from, Math.min(all.size(), from + limit))) {
      rows.add(row.apply(each));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("total", all.size());
    json.put("offset", from);
    json.put("rows", rows);
    return json;
  }
}
