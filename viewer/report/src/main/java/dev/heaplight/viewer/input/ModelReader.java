package dev.heaplight.viewer.input;

import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a file of any kind that reports can be made from. */
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
    return RecordingModel.read(file, window);
  }
}
