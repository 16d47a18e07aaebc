package dev.heaplight.monitor.act;

import dev.heaplight.monitor.json.JsonText;
import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What happened, one line of JSON each in {@code logs/heaplight-events.jsonl}, and one line of text
 * for people. Used by one thread; several processes may append.
 */
public class Events {
  /** Name of the file in the session's logs. */
  public static final String FILE_NAME = "heaplight-events.jsonl";

  private final Path file;
  private final Clock clock;
  private final Consumer<String> lines;
  private final List<Map<String, Object>> waiting = new ArrayList<>();
  private boolean failed;

  /** What sort of event. */
  public enum Type {
    /** Use is above the warning threshold; recordings are flushed. */
    WARNING,
    /** Use is below it again. */
    CALM,
    /** A task is failed. */
    FAIL_TASK,
    /** A worker is killed. */
    KILL_WORKER,
    /** What came of that. */
    OUTCOME,
    /** Memory is short and the session's workers could not relieve it. */
    NOT_OURS,
    /** A worker ended. */
    WORKER_ENDED,
    /** What happened since the last summary. */
    SUMMARY,
    /** Another monitor leads from now on. */
    LEADER,
    /** Something the monitor could not do. */
    TROUBLE
  }

  /** Events of a session; {@code lines} gets the text of each. */
  public Events(MonitorDirectory directory, Clock clock, Consumer<String> lines) {
    this.file = directory.logs().resolve(FILE_NAME);
    this.clock = clock;
    this.lines = lines;
  }

  /** Adds an event. */
  public void add(Type type, String text) {
    add(type, text, "");
  }

  /** Adds an event that a report tells more of. */
  public void add(Type type, String text, String report) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("timeMillis", clock.millis());
    event.put("type", type.name());
    event.put("text", text);
    if (!report.isEmpty()) {
      event.put("report", report);
    }
    waiting.add(event);
  }

  /** Writes what was added since the last call. Not while anything is urgent: disks are slow. */
  public void write() {
    if (waiting.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> event : waiting) {
      lines.accept(String.valueOf(event.get("text")));
      text.append(JsonText.line(event)).append('\n');
    }
    waiting.clear();
    try {
      if (!Files.exists(file)) {
        create();
      }
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      if (!failed) {
        failed = true;
        lines.accept("events not written: " + e);
      }
    }
  }

  private void create() throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return; // another monitor was first
    }
  }
}
