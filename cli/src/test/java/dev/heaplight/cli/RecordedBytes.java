package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.cli.worker.StepWorker;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a recording says of a {@link StepWorker}. */
final class RecordedBytes implements RecordingVisitor {
  private @Nullable RecordingHeader header;
  private @Nullable Dictionary dictionary;
  private @Nullable LiveHeader live;
  private @Nullable Progress progress;
  private @Nullable ReadOutcome outcome;
  private long all;
  private long main;
  private long second;
  private long survivingKept;

  private RecordedBytes() {}

  static RecordedBytes read(Path file) throws IOException {
    RecordedBytes recorded = new RecordedBytes();
    recorded.outcome = RecordingReader.read(file, recorded);
    return recorded;
  }

  /** Bytes of the method {@code allocate} on the main thread. */
  long onMain() {
    return main;
  }

  /** Bytes of the method {@code allocate} on the second thread. */
  long onSecond() {
    return second;
  }

  /** Bytes of the method {@code keep} that the scope left alive. */
  long keptAtEnd() {
    return survivingKept;
  }

  /** Bytes of every method. */
  long all() {
    return all;
  }

  boolean isComplete() {
    return outcome != null && outcome.complete();
  }

  String mode() {
    return header == null ? "" : header.mode();
  }

  String kind() {
    return header == null ? "" : header.kind();
  }

  /** Checks that the recording ended well and has what the JVM has counted. */
  void assertWhole() {
    assertTrue(outcome != null && outcome.complete());
    double coverage = progress == null ? 0 : (double) all / progress.jvmAllocatedBytes();
    assertTrue(coverage > 0.97 && coverage < 1.03, () -> "coverage=" + coverage);
  }

  @Override
  public void header(RecordingHeader newHeader, Dictionary newDictionary) {
    header = newHeader;
    dictionary = newDictionary;
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    all += bytes;
    if (isAt(stack, "allocate")) {
      boolean onSecond = dictionary != null && dictionary.thread(thread).name().equals("second");
      main += onSecond ? 0 : bytes;
      second += onSecond ? bytes : 0;
    }
  }

  @Override
  public void live(LiveHeader newHeader) {
    live = newHeader;
    survivingKept = newHeader.kind() == LiveKind.SURVIVORS ? 0 : survivingKept;
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    if (live != null && live.kind() == LiveKind.SURVIVORS && isAt(stack, "keep")) {
      survivingKept += bytes;
    }
  }

  @Override
  public void progress(Progress newProgress) {
    progress = newProgress;
  }

  private boolean isAt(int stack, String method) {
    Dictionary tables = dictionary;
    if (tables == null || stack == Dictionary.EMPTY_STACK) {
      return false;
    }
    Frame frame = tables.frame(tables.frameOf(stack));
    return frame.className().equals(StepWorker.class.getName())
        && frame.methodName().equals(method);
  }
}
