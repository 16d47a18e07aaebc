package dev.heaplight.spark;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings as they come in. A file has its name once it is whole. Thread-safe: parts of one file
 * come one after the other, those of several at once.
 */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** Nothing that leads out of the directory. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  private final Path logs;
  private final Consumer<Path> whole;
  private final Counter recordings = new Counter();
  private final Counter bytes = new Counter();

  /** Puts files into {@code logs}, and tells of each that is whole. */
  Arrivals(Path logs, Consumer<Path> whole) {
    this.logs = logs;
    this.whole = whole;
  }

  void register(MetricRegistry registry) {
    registry.register("recordings", recordings);
    registry.register("recordingBytes", bytes);
  }

  /** Takes a part in; false if that is not possible, and then the whole file comes again. */
  boolean take(RecordingPart part) {
    if (!NAME.matcher(part.file()).matches() || !NAME.matcher(part.executor()).matches()) {
      LOG.warn("heaplight: recording refused, its name is none: {}", part.file());
      return false;
    }
    Path coming = logs.resolve("." + part.executor() + "-" + part.file() + ".coming");
    try {
      write(coming, part);
      bytes.inc(part.bytes().length);
      if (part.last()) {
        Path file = logs.resolve(part.file());
        Files.move(coming, file, StandardCopyOption.ATOMIC_MOVE);
        recordings.inc();
        whole.accept(file);
      }
      return true;
    } catch (IOException e) {
      LOG.warn("heaplight: recording not taken in: {}", part.file(), e);
      return false;
    }
  }

  private static void write(Path coming, RecordingPart part) throws IOException {
    try (FileChannel channel =
        part.offset() == 0
            ? FileChannel.open(
                coming,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)
            : FileChannel.open(coming, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(part.bytes());
      long at = part.offset();
      while (left.hasRemaining()) {
        at += channel.write(left, at);
      }
    }
  }
}
