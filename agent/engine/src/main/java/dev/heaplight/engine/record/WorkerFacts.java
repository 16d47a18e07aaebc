package dev.heaplight.engine.record;

import dev.heaplight.format.RecordingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What every recording of this worker says alike. Immutable. */
public final class WorkerFacts {
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final String mode;
  private final String agentVersion;
  private final long pid = ProcessHandle.current().pid();
  private final String host = hostName();
  private final String jvm =
      System.getProperty("java.vm.name", "JVM") + " " + System.getProperty("java.runtime.version");

  /** Looks the worker's facts up. */
  public WorkerFacts(String mode, String agentVersion) {
    this.mode = mode;
    this.agentVersion = agentVersion;
  }

  long pid() {
    return pid;
  }

  Path temporaryDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  RecordingHeader header(String name, String kind, String id, Map<String, String> attributes) {
    return new RecordingHeader(
        name, kind, id, attributes, mode, System.currentTimeMillis(), pid, host, jvm, agentVersion);
  }

  /** Asks the kernel: a look-up through the resolver may take seconds. */
  private static String hostName() {
    try {
      return Files.readString(KERNEL_HOST_NAME).strip();
    } catch (IOException e) {
      String variable = System.getenv("HOSTNAME");
      return variable == null ? "" : variable;
    }
  }
}
