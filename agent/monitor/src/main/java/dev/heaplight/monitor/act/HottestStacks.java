package dev.heaplight.monitor.act;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which stacks of a recording allocated most. */
public final class HottestStacks {
  /** A monitor lives in a worker's heap, next to what fills it. */
  static final long LARGEST_FILE_BYTES = 8L << 20;

  private static final int MAX_FRAMES = 30;

  private HottestStacks() {}

  /** Reads a recording. */
  interface Source {
    void read(Path recording, RecordingVisitor visitor) throws IOException;
  }

  /** The first {@code count}; none if the file cannot be read, or is too large to be read here. */
  public static List<KillReport.StackShare> of(Path recording, int count) {
    return of(recording, count, (file, visitor) -> RecordingReader.read(file, visitor));
  }

  /**
   * The first {@code count} of a recording of any size, in memory that goes by how many stacks it
   * has.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  public static List<KillReport.StackShare> read(Path recording, int count) throws IOException {
    Sums sums = new Sums();
    Object unused = RecordingReader.read(recording, sums);
    return sums.largest(count);
  }

  static List<KillReport.StackShare> of(Path recording, int count, Source source) {
    try {
      if (Files.size(recording) > LARGEST_FILE_BYTES) {
        return List.of();
      }
      Sums sums = new Sums();
      source.read(recording, sums);
      return sums.largest(count);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return List.of(); // the report goes without
    }
  }

  private static final class Sums implements RecordingVisitor {
    private final Map<Integer, long[]> stacks = new HashMap<>();
    private @Nullable Dictionary dictionary;

    @Override
    public void header(RecordingHeader header, Dictionary newDictionary) {
      dictionary = newDictionary;
    }

    @Override
    public void allocation(int stack, int className, int thread, long objects, long bytes) {
      long[] sums = stacks.computeIfAbsent(stack, unused -> new long[2]);
      sums[0] += bytes;
      sums[1] += objects;
    }

    List<KillReport.StackShare> largest(int count) {
      Comparator<Map.Entry<Integer, long[]>> byBytes =
          Comparator.comparingLong(entry -> -entry.getValue()[0]);
      return stacks.entrySet().stream()
          .sorted(byBytes)
          .limit(count)
          .map(
              entry ->
                  new KillReport.StackShare(
                      entry.getValue()[0], entry.getValue()[1], frames(entry.getKey())))
          .toList();
    }

    private List<String> frames(int innermost) {
      List<String> frames = new ArrayList<>();
      Dictionary names = dictionary;
      for (int stack = innermost;
          names != null && stack != Dictionary.EMPTY_STACK && frames.size() < MAX_FRAMES;
          stack = names.parent(stack)) {
        frames.add(text(names.frame(names.frameOf(stack))));
      }
      return frames;
    }

    private static String text(Frame frame) {
      String place =
          frame.line() == Frame.NATIVE_LINE
              ? "Native Method"
              : frame.fileName().isEmpty()
                  ? "Unknown Source"
                  : frame.fileName() + (frame.line() > 0 ? ":" + frame.line() : "");
      return frame.className() + "." + frame.methodName() + "(" + place + ")";
    }
  }
}
