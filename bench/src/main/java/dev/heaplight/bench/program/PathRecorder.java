package dev.heaplight.bench.program;

import dev.heaplight.Tracker;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import one.profiler.AsyncProfiler;

/** Records work with one of the profilers and gives the bytes by call path. */
final class PathRecorder {
  private static final String ASYNC_PROFILER_LIBRARY = "heaplight.bench.asyncprofiler";
  private static final String ALLOCATION_EVENT = "jdk.ObjectAllocationSample";

  private final String marker;

  /** Paths begin inside the method {@code marker}. */
  PathRecorder(String marker) {
    this.marker = marker;
  }

  /** Work that may fail. */
  interface Work {
    void run() throws Exception;
  }

  /** By profiler: {@code heaplight}, {@code jfr}, or async-profiler's interval. */
  PathDistribution record(String profiler, Work work) throws Exception {
    return switch (profiler) {
      case "heaplight", "sampled" -> byHeaplight(work);
      case "jfr" -> byFlightRecorder(work);
      default -> byAsyncProfiler(profiler, work);
    };
  }

  private PathDistribution byHeaplight(Work work) throws Exception {
    Tracker tracker = Tracker.open("paths");
    try (tracker) {
      work.run();
    }
    RecordingModel model = RecordingModel.read(tracker.file().orElseThrow());
    while (!model.complete()) { // a sampled scope ends a moment after its close
      LockSupport.parkNanos(1_000_000);
      model = RecordingModel.read(tracker.file().orElseThrow());
    }
    PathDistribution paths = new PathDistribution();
    for (int row = 0; row < model.totals().rows(); row++) {
      paths.add(
          frames(model.dictionary(), model.totals().stack(row)),
          marker,
          (double) model.totals().bytes(row));
    }
    return paths;
  }

  private static List<String> frames(Dictionary dictionary, int innermost) {
    List<String> frames = new ArrayList<>();
    for (int stack = innermost; stack != Dictionary.EMPTY_STACK; stack = dictionary.parent(stack)) {
      Frame frame = dictionary.frame(dictionary.frameOf(stack));
      frames.add(frame.className() + "." + frame.methodName());
    }
    Collections.reverse(frames);
    return frames;
  }

  private PathDistribution byAsyncProfiler(String interval, Work work) throws Exception {
    AsyncProfiler profiler = AsyncProfiler.getInstance(System.getProperty(ASYNC_PROFILER_LIBRARY));
    profiler.execute("start,event=alloc,jstackdepth=1024,alloc=" + interval);
    work.run();
    profiler.execute("stop");
    PathDistribution paths = new PathDistribution();
    for (String line : profiler.execute("collapsed,total").split("\n", -1)) {
      int space = line.lastIndexOf(' ');
      if (space > 0) {
        List<String> frames = Arrays.asList(line.substring(0, space).replace('/', '.').split(";"));
        // the last one is the class of what was allocated
        paths.add(
            frames.subList(0, frames.size() - 1),
            marker,
            Double.parseDouble(line.substring(space + 1)));
      }
    }
    return paths;
  }

  private PathDistribution byFlightRecorder(Work work) throws Exception {
    Path file = Files.createTempFile("paths", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(ALLOCATION_EVENT).withStackTrace().with("throttle", "1000/s");
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
      return read(file);
    } finally {
      Files.delete(file);
    }
  }

  private PathDistribution read(Path file) throws IOException {
    PathDistribution paths = new PathDistribution();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals(ALLOCATION_EVENT)
          && event.getStackTrace() != null) {
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
          frames.add(frame.getMethod().getType().getName() + "." + frame.getMethod().getName());
        }
        Collections.reverse(frames);
        paths.add(frames, marker, (double) event.getLong("weight"));
      }
    }
    return paths;
  }
}
