package dev.heaplight.viewer.jfr;

import dev.heaplight.format.RecordingHeader;
import java.nio.file.Path;
import java.util.Map;
import one.jfr.JfrReader;

/** What wrote a file, and in which process. */
final class Recorder {
  private static final String EXTENSION = ".jfr";
  private static final String FLIGHT_RECORDER = "JFR";
  private static final String ASYNC_PROFILER = "async-profiler";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private String name = FLIGHT_RECORDER;
  private String version = "";
  private String jvm = "";
  private long pid;

  void jvm(JvmInformation information) {
    jvm = information.jvm();
    pid = information.pid();
  }

  /** Takes what the events read so far tell of the recorder. */
  void settings(JfrReader reader) {
    if (reader.typesByName.containsKey("profiler.LiveObject")) {
      name = ASYNC_PROFILER;
      version = reader.settings.getOrDefault("version", "");
    }
  }

  /** Name of the recorder. */
  String name() {
    return name;
  }

  /** A header as of a recording of the whole process. */
  RecordingHeader header(Path file, long startNanos) {
    Path last = file.getFileName();
    String stem = last == null ? "" : last.toString();
    return new RecordingHeader(
        stem.endsWith(EXTENSION) ? stem.substring(0, stem.length() - EXTENSION.length()) : stem,
        "process",
        "",
        Map.of(),
        "jfr",
        startNanos / NANOS_PER_MILLI,
        pid,
        "",
        jvm,
        (name + " " + version).strip());
  }
}
