package dev.heaplight.spark;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
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

  private static final String COMING = ".coming";

  private final Path logs;

  /**
   * Names that came in whole: an executor that was killed may have sent one, and the next again.
   */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

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
    Path coming = logs.resolve("." + part.executor() + "-" + part.file() + COMING);
    try {
      write(coming, part);
      bytes.inc(part.bytes().length);
      if (part.last()) {
        if (known.add(part.file())) {
          Path file = named(coming, part.file());
          recordings.inc();
          whole.accept(file);
        }
        Files.deleteIfExists(coming); // it has another name now, or has come a second time
      }
      return true;
    } catch (IOException e) {
      LOG.warn("heaplight: recording not taken in: {}", part.file(), e);
      return false;
    }
  }

  /** Gives a whole file its name; with a number where another application's has that name. */
  private Path named(Path coming, String name) throws IOException {
    for (int number = 1; ; number++) {
      String unique =
          number == 1
              ? name
              : name.replaceFirst("(\\.[^.]*)?$", Matcher.quoteReplacement("-" + number) + "$1");
      Path file = logs.resolve(unique);
      try {
        return Files.createLink(file, coming);
      } catch (FileAlreadyExistsException e) {
        LOG.debug("heaplight: name is taken: {}", file);
      } catch (UnsupportedOperationException e) {
        return Files.move(coming, file, StandardCopyOption.ATOMIC_MOVE); // no links there
      }
    }
  }

  /** Takes away what has come in part only. */
  void end() {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(logs, ".*" + COMING)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.debug("heaplight: parts of recordings stay in {}", logs, e);
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
