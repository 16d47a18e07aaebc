package dev.heaplight.engine.live;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.format.Afterword;
import dev.heaplight.format.LiveSnapshot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Scopes that are closed but whose survivors are still watched: what the next collections leave of
 * them is added to their recordings.
 *
 * <p>Bounded: of very many scopes the oldest are let go, and their recordings end with what lived
 * at their close. Thread-safe.
 */
public final class SurvivorWatch {
  /** Collections after its close that a scope is watched for. */
  static final int MAX_COLLECTIONS = 3;

  private static final int MAX_SCOPES = 256;

  private final AgentLog log;
  private final Deque<Watched> watched = new ArrayDeque<>();

  /** A closed scope; its numbers are those of its recording: stack, class, thread. */
  private record Watched(
      Path file,
      ScopeLife life,
      LiveSet samples,
      Map<Origin, int[]> numbers,
      int collectionsAtClose) {}

  /** Creates a watch over nothing. */
  public SurvivorWatch(AgentLog log) {
    this.log = log;
  }

  /**
   * Watches a scope from its close on.
   *
   * @param numbers stack, class and thread by which the recording knows each origin
   */
  public void add(Path file, ScopeLife life, Map<Origin, int[]> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    Watched closed = new Watched(file, life, life.samples().copy(), numbers, life.collectionsNow());
    Watched oldest = null;
    synchronized (this) {
      watched.add(closed);
      if (watched.size() > MAX_SCOPES) {
        oldest = watched.poll();
      }
    }
    if (oldest != null) {
      oldest.samples().clear();
    }
  }

  /** Whether nothing is watched. */
  public synchronized boolean isEmpty() {
    return watched.isEmpty();
  }

  /** Adds to the recordings what a collection left. */
  void collected(int collections, String collector) {
    List<Watched> all;
    synchronized (this) {
      all = new ArrayList<>(watched); // files are written without the lock: closing threads need it
    }
    for (Watched closed : all) {
      int after = collections - closed.collectionsAtClose();
      if (after <= 0) {
        continue;
      }
      closed.samples().removeDead((sample, scale) -> {});
      append(closed, collections, collector);
      if (after >= MAX_COLLECTIONS || closed.samples().size() == 0) {
        closed.samples().clear();
        synchronized (this) {
          watched.remove(closed);
        }
      }
    }
  }

  /** Watches nothing any more; the recordings end with what was seen so far. */
  public synchronized void letGo() {
    watched.forEach(closed -> closed.samples().clear());
    watched.clear();
  }

  private void append(Watched closed, int collections, String collector) {
    SnapshotBuilder builder = new SnapshotBuilder();
    closed
        .samples()
        .forEach(
            (sample, scale) -> {
              int[] numbers = closed.numbers().get(sample.origin());
              // Born after the last collection before the close, it may be younger than this one.
              if (numbers != null) {
                builder.add(numbers, scale * sample.objects(), scale * sample.bytes());
              }
            });
    LiveSnapshot snapshot = builder.snapshot(closed.life().moment(collections, collector));
    try {
      Afterword.append(closed.file(), snapshot);
    } catch (NoSuchFileException e) {
      closed.samples().clear(); // deleted by its owner: nobody wants to know
    } catch (IOException e) {
      log.report("survivors not added to a closed recording", closed.file().toString(), e);
    }
  }
}
