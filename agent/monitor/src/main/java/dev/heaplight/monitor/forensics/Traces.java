package dev.heaplight.monitor.forensics;

import dev.heaplight.format.Footer;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.WorkerMarks;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session holds of one worker. Missing files are missing facts, not errors. */
final class Traces {
  private static final int CRASH_LINES = 12;

  /** As -XX:+CrashOnOutOfMemoryError has it, below an internal error that only says where. */
  private static final String OUT_OF_HEAP = "fatal error: OutOfMemory";

  private static final long SLACK_MILLIS = 1_000;

  private final MonitorDirectory directory;
  private final ProcessIdentity worker;
  private final Map<String, String> facts;
  private int unreadable;

  Traces(MonitorDirectory directory, ProcessIdentity worker) {
    this.directory = directory;
    this.worker = worker;
    this.facts = read(directory.worker(worker));
  }

  /** What the worker said of itself. */
  Map<String, String> facts() {
    return facts;
  }

  /** What its supervisor saw, if it had one. */
  Map<String, String> exit() {
    return read(directory.exits().resolve(worker.text()));
  }

  /** What a monitor noted when it was gone. */
  Map<String, String> noticed() {
    return read(directory.workers().resolve(worker.text() + ".ended"));
  }

  @Nullable WorkerMarks marks() {
    try {
      return WorkerMarks.read(directory.marks(worker));
    } catch (IOException e) {
      return null;
    }
  }

  /** A monitor's report about this worker. */
  record Kill(Path file, @Nullable Object json) {}

  /** The report of the monitor's kill, if there was one. */
  Optional<Kill> kill() {
    return report(Decision.Action.KILL_WORKER);
  }

  /** The report of a task that the monitor failed, if there was one. */
  Optional<Kill> failure() {
    return report(Decision.Action.FAIL_TASK);
  }

  private Optional<Kill> report(Decision.Action action) {
    String pattern = "heaplight-oom-*-" + worker.pid() + ".json";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.logs(), pattern)) {
      for (Path file : files) {
        Object json = json(file);
        if (JsonValue.text(json, "action").equals(action.name())
            && JsonValue.number(json, "victim", "startTicks") == worker.startTicks()) {
          return Optional.of(new Kill(file, json));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** A report; null if it cannot be read or is none, which says nothing of the others. */
  private static @Nullable Object json(Path file) {
    try {
      return JsonValue.parse(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** A JVM's report of its crash. */
  record Crash(Path file, String cause) {
    /** Whether the JVM ended itself because its heap was full, as it was told to. */
    boolean outOfHeap() {
      return cause.startsWith(OUT_OF_HEAP);
    }
  }

  /** The JVM's own report, where it is written unless told otherwise. */
  Optional<Crash> crash(Path root) {
    String name = "hs_err_pid" + worker.pid() + ".log";
    String given = facts.getOrDefault("errorFile", "").replace("%p", Long.toString(worker.pid()));
    Path working = Path.of(facts.getOrDefault("cwd", "").isEmpty() ? "." : facts.get("cwd"));
    Path[] places = {
      given.isEmpty() ? working.resolve(name) : working.resolve(given),
      root.resolve("tmp").resolve(name)
    };
    long started = number(facts, "startedMillis");
    long ended = number(exit(), "endedMillis");
    for (Path place : places) {
      try {
        long written =
            Files.isRegularFile(place) ? Files.getLastModifiedTime(place).toMillis() : -1;
        // Others had this number before, and may have it again.
        if (written >= started - SLACK_MILLIS && (ended == 0 || written <= ended + SLACK_MILLIS)) {
          return Optional.of(new Crash(place, cause(place)));
        }
      } catch (IOException e) {
        unreadable++; // another user's
      }
    }
    return Optional.empty();
  }

  private static String cause(Path file) throws IOException {
    String first = "";
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (int i = 0; i < CRASH_LINES; i++) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        String text = line.replaceFirst("^#\\s*", "").strip();
        if (text.startsWith(OUT_OF_HEAP)) {
          return text;
        }
        boolean cause =
            text.startsWith("SIG")
                || text.startsWith("Internal Error")
                || text.startsWith("fatal error")
                || text.startsWith("There is insufficient memory");
        first = first.isEmpty() && cause ? text : first;
      }
    }
    return first.isEmpty() ? "no cause named" : first;
  }

  /** Reports of crashes that could not be read. */
  int unreadable() {
    return unreadable;
  }

  /** How a recording of this worker ended: closed, by a shutdown, or not at all. */
  String recordings() {
    int ended = 0;
    int cut = 0;
    for (long i = 0; i < number(facts, "tasks"); i++) {
      String recording = facts.getOrDefault("task." + i + ".recording", "");
      if (!recording.isEmpty()) {
        FooterVisitor visitor = new FooterVisitor();
        try {
          Object unused = RecordingReader.read(Path.of(recording), visitor);
        } catch (IOException | RuntimeException e) {
          continue;
        }
        ended += visitor.ended ? 1 : 0;
        cut += visitor.ended ? 0 : 1;
      }
    }
    return ended + cut == 0
        ? ""
        : "recordings of its open scopes: " + ended + " ended in order, " + cut + " were cut short";
  }

  private static final class FooterVisitor implements RecordingVisitor {
    private boolean ended;

    @Override
    public void footer(Footer footer) {
      ended = true;
    }
  }

  static long number(Map<String, String> facts, String key) {
    try {
      return Long.parseLong(facts.getOrDefault(key, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Map<String, String> read(Path file) {
    try {
      return KeyValues.read(file);
    } catch (IOException e) {
      return Map.of();
    }
  }
}
