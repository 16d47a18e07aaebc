package dev.heaplight.viewer.jfr;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** Recordings that the JDK of the test writes of the test itself. */
public final class FlightRecording {
  public static final String SAMPLE = "jdk.ObjectAllocationSample";
  static final String NEW_BUFFER = "jdk.ObjectAllocationInNewTLAB";
  static final String OUTSIDE_BUFFER = "jdk.ObjectAllocationOutsideTLAB";

  private FlightRecording() {}

  /** Records what {@link #work} allocates, with those events on. */
  public static Path record(Path file, String... events) throws IOException {
    try (Recording recording = new Recording()) {
      for (String event : events) {
        recording.enable(event).withStackTrace();
      }
      recording.start();
      work();
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  /** Two recordings of the JDK begin chunks of their own where the other one starts and stops. */
  static Path recordInChunks(Path file) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable(SAMPLE).withStackTrace();
      recording.start();
      work();
      try (Recording other = new Recording()) {
        other.start();
        work();
        other.stop();
      }
      work();
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  /** What is allocated must be somewhere, or the compiler removes it. */
  static volatile Object sink = "";

  static void work() {
    for (int i = 0; i < 20_000; i++) {
      sink = new byte[4_096];
      sink = new Object[16][16];
    }
  }
}
