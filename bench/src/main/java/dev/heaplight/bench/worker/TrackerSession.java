package dev.heaplight.bench.worker;

import dev.heaplight.Tracker;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Heaplight with a scope for each part, as a user's task would have. */
final class TrackerSession implements ProfilerSession {
  private @Nullable Tracker tracker;
  private @Nullable Path recording;

  @Override
  public void begin(String part) {
    if (!Tracker.isAttached()) {
      throw new IllegalStateException("Heaplight is not attached");
    }
    Tracker opened = Tracker.open(part);
    recording =
        opened.file().orElseThrow(() -> new IllegalStateException("scope not recorded: " + part));
    tracker = opened;
  }

  @Override
  public void end() {
    if (tracker != null) {
      tracker.close();
    }
  }

  @Override
  public long recordedBytes() throws IOException {
    return recording == null ? WorkerFigures.UNKNOWN : model(recording).totals().totalBytes();
  }

  @Override
  public double coverage() throws IOException {
    return recording == null ? Double.NaN : model(recording).coverage().orElse(Double.NaN);
  }

  private static RecordingModel model(Path recording) throws IOException {
    return RecordingModel.read(recording);
  }
}
