package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.EndlessActor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scope that is never closed, in a worker that gets SIGKILL. */
final class KilledWorkerIT {
  private static final long AT_LEAST_MILLIS = 3_000;

  /** A flush is due each second; the rest is for a busy machine. */
  private static final long LAST_FLUSH_MILLIS = 2_500;

  @TempDir private Path directory;

  @Test
  void recordingReadsUpToTheLastFlush() throws Exception {
    WorkerProcess worker = new WorkerProcess(Jdk.all().get(0), directory);
    Process process = worker.launch(worker.command(EndlessActor.class.getName()));
    long killedAtMillis;
    try {
      WorkerProcess.await("a recording of some seconds", () -> elapsed(worker) > AT_LEAST_MILLIS);
      killedAtMillis = System.currentTimeMillis();
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    assertEquals(128 + 9, process.exitValue());
    RecordedScope scope = RecordedScope.read(onlyRecording(worker));
    assertFalse(scope.complete());
    assertEquals("Actor", scope.header().name());
    assertEquals("actor", scope.header().kind());
    long objects = scope.objectsWhere(entry -> entry.isAt(EndlessActor.class.getName(), "append"));
    assertTrue(objects > 0);
    assertEquals(
        objects * 10_016,
        scope.bytesWhere(entry -> entry.isAt(EndlessActor.class.getName(), "append")));
    long recordedUntil = scope.header().startEpochMillis() + scope.progress().elapsedMillis();
    assertTrue(
        killedAtMillis - recordedUntil < LAST_FLUSH_MILLIS,
        () -> "missing at the end: " + (killedAtMillis - recordedUntil) + " ms");
  }

  private static long elapsed(WorkerProcess worker) {
    try {
      List<Path> files = worker.recordings();
      return files.isEmpty() ? 0 : RecordedScope.read(files.get(0)).elapsedMillis();
    } catch (IOException e) {
      return 0; // read in the moment between the file's creation and its header
    }
  }

  private static Path onlyRecording(WorkerProcess worker) throws IOException {
    List<Path> files = worker.recordings();
    assertEquals(1, files.size());
    return files.get(0);
  }
}
