package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.model.MetricView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Draws the flame graph of one metric of a recording in one format. Implementations are found by
 * {@link ServiceLoader}, so that a format with a licence or a weight of its own can live in a
 * module of its own.
 */
public interface FlameGraphRenderer {
  /** Name of the format, which is also the file name extension: {@code html}. */
  String format();

  /**
   * Writes the whole flame graph of {@code view} to {@code out}, which the caller closes.
   *
   * @throws IOException if {@code out} cannot be written
   */
  void render(MetricView view, OutputStream out) throws IOException;

  /** The renderer of {@code format}; empty when no module on the class path has one. */
  static Optional<FlameGraphRenderer> of(String format) {
    return ServiceLoader.load(FlameGraphRenderer.class, FlameGraphRenderer.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .filter(renderer -> renderer.format().equals(format))
        .findFirst();
  }
}
