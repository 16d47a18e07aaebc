package dev.heaplight.server.top;

/**
 * A worker, one of its tasks, or a task that was ended for memory. A figure may be {@link
 * dev.heaplight.format.Progress#UNKNOWN}.
 *
 * @param key the same for the same worker or task at another moment, and for no other
 * @param sort what it is
 * @param pid number of the worker's process
 * @param name the worker's command, or kind, name and identifier of the task; as they were given,
 *     so not safe for a terminal
 * @param rssBytes resident set size; of workers only
 * @param sharedBytes the part of it that files and other processes account for; of workers only
 * @param heapBytes of a worker its heap in use, garbage included; of a task the most that it may
 *     hold: what lived at the last collection and what it allocated since
 * @param liveBytes what lived at the last collection; of a worker that of its tasks
 * @param bytesPerSecond what it allocates; of a worker what its tasks do
 * @param state in one word
 * @param recording name of its recording without what leads there; empty for none
 */
public record TopRow(
    String key,
    Sort sort,
    long pid,
    String name,
    long rssBytes,
    long sharedBytes,
    long heapBytes,
    long liveBytes,
    long bytesPerSecond,
    String state,
    String recording) {

  /** What a row is of. */
  public enum Sort {
    /** A worker that runs. */
    WORKER,
    /** A task that a worker has open. */
    TASK,
    /** A task that was failed, or whose worker was killed, for memory. */
    ENDED
  }

  /** What filters look at: the process and the name. */
  String text() {
    return pid + " " + name;
  }
}
