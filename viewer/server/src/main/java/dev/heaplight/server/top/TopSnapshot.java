package dev.heaplight.server.top;

import dev.heaplight.server.session.Event;
import dev.heaplight.server.session.NodeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session at one moment.
 *
 * @param session its directory
 * @param timeMillis the moment, milliseconds since the epoch
 * @param present whether the directory is there
 * @param trouble why the session, or a part of it, cannot be read; empty while it can
 * @param bound the bound on memory that is nearest; null if none is known
 * @param monitorLeads whether a monitor of this node told of itself of late
 * @param groups workers that run, and their tasks, in no order
 * @param ended the last tasks that were ended for memory, the latest first
 * @param workersEnded workers that run no more, for whatever reason
 * @param killed workers killed for memory
 * @param failed tasks failed for memory
 * @param last the last event that tells of something new; null if there was none
 */
public record TopSnapshot(
    String session,
    long timeMillis,
    boolean present,
    String trouble,
    NodeView.@Nullable Bound bound,
    boolean monitorLeads,
    List<TopGroup> groups,
    List<TopRow> ended,
    long workersEnded,
    long killed,
    long failed,
    @Nullable Event last) {

  /** How many tasks are open. */
  public int tasks() {
    return groups.stream().mapToInt(group -> group.tasks().size()).sum();
  }

  /** The same with a trouble, and no longer present if its directory is gone. */
  public TopSnapshot troubled(boolean stillPresent, String newTrouble) {
    return new TopSnapshot(
        session,
        timeMillis,
        stillPresent,
        newTrouble,
        bound,
        monitorLeads,
        groups,
        ended,
        workersEnded,
        killed,
        failed,
        last);
  }
}
