package dev.heaplight.server.api;

import dev.heaplight.server.http.BadRequestException;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A scope of the table of tasks. A figure may be {@link dev.heaplight.format.Progress#UNKNOWN}.
 *
 * @param file name of its recording
 * @param scope its name
 * @param kind its kind
 * @param id its identifier
 * @param pid its worker's process
 * @param state running, finished, killed, failed, cut-off or damaged
 * @param startMillis when it began, milliseconds since the epoch
 * @param durationMillis how long it took, or has taken so far
 * @param heldBytes what it holds now; unknown unless it runs
 * @param allocatedBytes what it allocated
 * @param peakBytes the most that was alive
 * @param survivingBytes what it left alive
 * @param attempt which attempt it was; 0 when nothing tells
 */
record TaskRow(
    String file,
    String scope,
    String kind,
    String id,
    long pid,
    String state,
    long startMillis,
    long durationMillis,
    long heldBytes,
    long allocatedBytes,
    long peakBytes,
    long survivingBytes,
    int attempt) {

  /** Whether a part of its name, id or process is {@code filter}, in small letters. */
  boolean matches(String filter) {
    return filter.isEmpty()
        || scope.toLowerCase(Locale.ROOT).contains(filter)
        || id.toLowerCase(Locale.ROOT).contains(filter)
        || Long.toString(pid).equals(filter);
  }

  /**
   * The order of a column: the latest or largest first, names from A.
   *
   * @throws BadRequestException if there is no such column
   */
  static Comparator<TaskRow> order(String sort) {
    String column = sort.startsWith("-") ? sort.substring(1) : sort;
    Comparator<TaskRow> order =
        switch (column) {
          case "", "start" -> largest(TaskRow::startMillis);
          case "duration" -> largest(TaskRow::durationMillis);
          case "held" -> largest(TaskRow::heldBytes);
          case "allocated" -> largest(TaskRow::allocatedBytes);
          case "peak" -> largest(TaskRow::peakBytes);
          case "surviving" -> largest(TaskRow::survivingBytes);
          case "attempt" -> largest(TaskRow::attempt);
          case "pid" -> Comparator.comparingLong(TaskRow::pid);
          case "scope" -> Comparator.comparing(TaskRow::scope);
          case "kind" -> Comparator.comparing(TaskRow::kind);
          case "state" -> Comparator.comparing(TaskRow::state);
          default -> throw new BadRequestException("parameter sort: there is no such column");
        };
    return (sort.startsWith("-") ? order.reversed() : order).thenComparing(TaskRow::file);
  }

  private static Comparator<TaskRow> largest(ToLongFunction<TaskRow> figure) {
    return Comparator.comparingLong(figure).reversed();
  }
}
