package dev.heaplight.server.session;

import dev.heaplight.monitor.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows a session's events: reads what was appended, counts all and keeps the last ones. A line
 * that is not whole yet waits for the next reading. Thread-safe.
 */
public final class EventLog {
  private static final int KEPT = 2_000;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int MAX_LINE_BYTES = 1 << 20;
  private static final Pattern AFTER = Pattern.compile("after=(\\d{1,12}) ms");

  private final Deque<Event> last = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long offset;
  private long read;
  private long interventions;
  private long interventionMillis;

  /** Reads what is new in {@code file}; null where there is none yet. */
  synchronized void follow(@Nullable LogFile file) throws IOException {
    if (file == null) {
      return;
    }
    if (file.sizeBytes() < offset) { // begun anew
      offset = 0;
      line.reset();
    }
    if (file.sizeBytes() == offset) {
      return;
    }
    try (SeekableByteChannel channel = file.open()) {
      channel.position(offset);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
      while (channel.read(chunk.clear()) > 0) {
        chunk.flip();
        offset += chunk.remaining();
        while (chunk.hasRemaining()) {
          take(chunk.get());
        }
      }
    }
  }

  private void take(byte next) {
    if (next != '\n') {
      if (line.size() < MAX_LINE_BYTES) {
        line.write(next);
      }
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      add(JsonValue.parse(text));
    } catch (IllegalArgumentException e) {
      return; // cut short by a full disk, for instance: the next line is whole again
    }
  }

  private void add(@Nullable Object json) {
    read++;
    String type = JsonValue.text(json, "type");
    String text = JsonValue.text(json, "text");
    counts.merge(type, 1L, Long::sum);
    Matcher after = AFTER.matcher(text);
    if (type.equals("OUTCOME") && after.find()) {
      interventions++;
      interventionMillis += Long.parseLong(after.group(1));
    }
    last.addLast(
        new Event(
            read,
            JsonValue.number(json, "timeMillis"),
            type,
            text,
            fileName(JsonValue.text(json, "report"))));
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  /** Reports lie in the logs themselves; what leads there is another's who copied the session. */
  private static String fileName(String path) {
    return path.isEmpty() ? "" : String.valueOf(Path.of(path).getFileName());
  }

  /** The last events, latest first. */
  public synchronized List<Event> latest(int most) {
    List<Event> events = new ArrayList<>();
    for (var all = last.descendingIterator(); all.hasNext() && events.size() < most; ) {
      events.add(all.next());
    }
    return events;
  }

  /** How many there were of each type. */
  public synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** How many events there were. */
  public synchronized long size() {
    return read;
  }

  /** How many interventions were seen through, and how long all of them took together. */
  public synchronized Took interventions() {
    return new Took(interventions, interventionMillis);
  }

  /** A number of things and how long they took together. */
  public record Took(long count, long millis) {}
}
