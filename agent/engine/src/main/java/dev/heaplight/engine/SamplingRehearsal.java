package dev.heaplight.engine;

import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.ThreadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scope that nobody sees, so that what takes samples is loaded, linked and compiled before
 * the application's first.
 *
 * <p>A new scope takes many samples at once, the first of each site among them. In the interpreter
 * one takes up to a millisecond, which stopped a warm program for a tenth of a second and more.
 */
final class SamplingRehearsal {
  /** Enough for the JVM's first compiler; its code is near what the second one makes of this. */
  private static final int SAMPLES = 1_000;

  private static final int SAMPLES_BETWEEN_FLUSHES = 100;
  private static final int FIRST_SITE = 0;
  private static final int SITES = 50;
  private static final long MEMORY_BYTES = 64 << 20;

  private SamplingRehearsal() {}

  /**
   * Rehearses on the calling thread, before any scope is open: the hooks are connected to the
   * rehearsal meanwhile.
   *
   * @throws IOException if no temporary file can be written
   */
  static void run(Capture.Source source, Capture connected) throws IOException {
    Path session = Files.createTempDirectory("heaplight-start");
    Capture capture =
        Capture.of(
            source,
            SamplingBudget.fixed(1),
            new CaptureMode(CaptureMode.Mode.EXACT),
            MEMORY_BYTES,
            true,
            session.toString());
    AllocationHook.connect(capture.receiver());
    try {
      Path recording = perform(capture.scopes());
      if (recording != null) {
        Files.delete(recording);
      }
    } finally {
      AllocationHook.enable(false);
      AllocationHook.connect(connected.receiver());
      ThreadTable.forgetCurrentThread();
      Files.deleteIfExists(session.resolve("logs"));
      Files.deleteIfExists(session);
    }
  }

  private static @Nullable Path perform(Scopes scopes) {
    Scope scope = scopes.open(Map.of("name", "rehearsal"), null);
    if (scope == null) {
      return null;
    }
    try {
      for (int sample = 0; sample < SAMPLES; sample++) {
        int site = FIRST_SITE + sample % SITES;
        AllocationHook.array(new byte[sample], site);
        AllocationHook.rehearse(scope, site);
        if (sample % SAMPLES_BETWEEN_FLUSHES == 0) {
          scopes.flush();
        }
      }
    } finally {
      scopes.close(scope);
    }
    return scope.file();
  }
}
