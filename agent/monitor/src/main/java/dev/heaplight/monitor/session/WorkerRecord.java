package dev.heaplight.monitor.session;

import dev.heaplight.format.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A worker as it told last.
 *
 * @param identity its process
 * @param command main class and arguments
 * @param updatedMillis when it told that, by the wall clock; 0 if it did not say
 * @param heapUsedBytes its heap in use, garbage included; {@link Progress#UNKNOWN} if it did not
 *     say
 * @param sharedHeapBytes what its heap has committed in shared memory; 0 of most collectors
 * @param running whether it had not begun to end
 * @param killable whether it may be killed: somebody said that something starts it again
 * @param recording of its whole process, empty if there is none
 * @param tasks its open scopes, those inside others left out
 */
public record WorkerRecord(
    ProcessIdentity identity,
    String command,
    long updatedMillis,
    long heapUsedBytes,
    long sharedHeapBytes,
    boolean running,
    boolean killable,
    String recording,
    List<TaskRecord> tasks) {

  /** State of a worker that works. */
  public static final String RUNNING = "running";

  /** Reads a worker's file; empty if it is none, or gone. */
  public static Optional<WorkerRecord> read(Path file) {
    try {
      Map<String, String> facts = KeyValues.read(file);
      List<TaskRecord> tasks = new ArrayList<>();
      for (long i = 0; i < number(facts, "tasks"); i++) {
        tasks.add(TaskRecord.read("task." + i + ".", facts));
      }
      ProcessIdentity identity =
          new ProcessIdentity(number(facts, "pid"), number(facts, "startTicks"));
      return identity.pid() <= 0
          ? Optional.empty()
          : Optional.of(
              new WorkerRecord(
                  identity,
                  facts.getOrDefault("command", ""),
                  number(facts, "updatedMillis"),
                  number(facts, "heapUsedBytes", Progress.UNKNOWN),
                  number(facts, "sharedHeapBytes"),
                  RUNNING.equals(facts.get("state")),
                  !"false".equals(facts.get("killable")),
                  facts.getOrDefault("recording", ""),
                  List.copyOf(tasks)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The files of all workers, dead ones included. */
  public static List<Path> files(MonitorDirectory directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.workers(), "[0-9]*")) {
      for (Path entry : entries) {
        if (String.valueOf(entry.getFileName()).indexOf('.') < 0) {
          files.add(entry);
        }
      }
    } catch (IOException e) {
      return List.of(); // the session is gone, or has none yet
    }
    return files;
  }

  static long number(Map<String, String> facts, String key) {
    return number(facts, key, 0);
  }

  static long number(Map<String, String> facts, String key, long otherwise) {
    try {
      String text = facts.get(key);
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
