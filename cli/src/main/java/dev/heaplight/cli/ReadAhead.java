package dev.heaplight.cli;

import dev.heaplight.viewer.input.ModelReader;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads a large file in a second thread while the command line is being parsed, which takes a
 * quarter of a second.
 *
 * <p>It guesses from the words of the command line which file will be read, and as a whole. A wrong
 * guess costs CPU time only: what was read is used for that file alone, and once.
 */
final class ReadAhead {
  private static final Set<String> VERBS =
      Set.of("flamegraph", "table", "tree", "summary", "stats", "transform");
  private static final long LARGE_BYTES = 16_000_000;
  private static final AtomicReference<@Nullable ReadAhead> BEGUN = new AtomicReference<>();

  private final Path file;
  private final FutureTask<RecordingModel> model;

  private final TimeWindow window;

  private ReadAhead(Path file, TimeWindow window) {
    this.file = file;
    this.window = window;
    this.model = new FutureTask<>(() -> ModelReader.read(file, window));
  }

  /** Begins to read what {@code args} seem to name, if that is one large file. */
  static void begin(String... args) {
    File found = null;
    for (String arg : args) {
      File named = new File(arg);
      if (arg.startsWith("--from") || arg.startsWith("--to")) {
        return;
      }
      if (named.isFile() && named.length() >= LARGE_BYTES) {
        if (found != null) {
          return;
        }
        found = named;
      }
    }
    if (found != null && VERBS.contains(args[0])) {
      boolean sliced = args[0].equals("flamegraph");
      ReadAhead ahead =
          new ReadAhead(found.toPath(), sliced ? TimeWindow.WHOLE.withSlices() : TimeWindow.WHOLE);
      BEGUN.set(ahead);
      Thread thread = new Thread(ahead.model, "read-ahead");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Reads what of {@code file} falls into {@code window}, or waits for it.
   *
   * @throws IOException as {@link ModelReader#read} does
   */
  static RecordingModel read(Path file, TimeWindow window) throws IOException {
    ReadAhead ahead = BEGUN.get();
    if (ahead == null || !ahead.file.equals(file) || !window.equals(ahead.window)) {
      return ModelReader.read(file, window);
    }
    BEGUN.set(null);
    try {
      return ahead.model.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ModelReader.read(file, window);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    }
  }
}
