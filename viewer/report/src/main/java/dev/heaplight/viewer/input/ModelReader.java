package dev.heaplight.viewer.input;

import dev.heaplight.viewer.jfr.JfrRecording;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a file of any kind that reports can be made from, known by its first bytes. */
public final class ModelReader {
  private ModelReader() {}

  /**
   * Reads what of {@code file} falls into {@code window}.
   *
   * @throws dev.heaplight.format.RecordingException if it is of no known kind, of another version,
   *     or corrupt
   * @throws IOException if it cannot be opened or read
   */
  public static RecordingModel read(Path file, TimeWindow window) throws IOException {
    return JfrRecording.is(file)
        ? JfrRecording.read(file, window)
        : RecordingModel.read(file, window);
  }
}
