package dev.heaplight.server.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings workers and tasks into the order in which they are shown, and leaves some out. */
public final class TopRows {
  private TopRows() {}

  /**
   * Workers in order, each with its tasks in order below it, and what was ended for memory after
   * them, the latest first.
   *
   * @param filter what is shown has this in its process's number and name; a worker that has it is
   *     shown with all tasks, a task that has it with its worker. Null for everything
   */
  public static List<TopRow> of(TopSnapshot snapshot, TopOrder order, @Nullable Pattern filter) {
    Comparator<TopRow> comparator = order.comparator();
    List<TopGroup> groups = new ArrayList<>(snapshot.groups());
    groups.sort(Comparator.comparing(TopGroup::worker, comparator));
    List<TopRow> rows = new ArrayList<>();
    for (TopGroup group : groups) {
      boolean whole = matches(filter, group.worker());
      List<TopRow> tasks =
          group.tasks().stream()
              .filter(task -> whole || matches(filter, task))
              .sorted(comparator)
              .toList();
      if (whole || !tasks.isEmpty()) {
        rows.add(group.worker());
        rows.addAll(tasks);
      }
    }
    snapshot.ended().stream().filter(row -> matches(filter, row)).forEach(rows::add);
    return rows;
  }

  /**
   * A filter as a user types it, in any case.
   *
   * @throws java.util.regex.PatternSyntaxException if it is not a regular expression
   */
  public static Pattern filter(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static boolean matches(@Nullable Pattern filter, TopRow row) {
    return filter == null || filter.matcher(row.text()).find();
  }
}
