package dev.heaplight.engine.record;

import dev.heaplight.format.RecordingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What every recording of this worker says alike. Immutable. */
public final class WorkerFacts {
  private final String agentVersion;

  /** Looked up at the first scope: before main, files and processes are not to be touched. */
  private static final class Lazy {
    private static final long PID = ProcessHandle.current().pid();
    private static final String HOST = hostName();
    private static final String JVM =
        System.getProperty("java.vm.name", "JVM")
            + " "
            + System.getProperty("java.runtime.version");
  }

  /** Nothing is looked up yet. */
  public WorkerFacts(String agentVersion) {
    this.agentVersion = agentVersion;
  }

  long pid() {
    return Lazy.PID;
  }

  RecordingHeader header(
      String mode, String name, String kind, String id, Map<String, String> attributes) {
    return new RecordingHeader(
        name,
        kind,
        id,
        attributes,
        mode,
        System.currentTimeMillis(),
        Lazy.PID,
        Lazy.HOST,
        Lazy.JVM,
        agentVersion);
  }

  /** Asks the kernel: a look-up through the resolver may take seconds. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String variable = System.getenv("HOSTNAME");
      return variable == null ? "" : variable;
    }
  }
}
