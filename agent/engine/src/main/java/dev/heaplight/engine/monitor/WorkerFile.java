package dev.heaplight.engine.monitor;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.heaplight.monitor.account.KernelKills;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What never changes about a worker, and what its end will be measured by. */
final class WorkerFile {
  private WorkerFile() {}

  /**
   * The facts, looked up now.
   *
   * @param killable whether monitors may kill this worker: something starts it again
   */
  static Map<String, String> constants(Path root, ProcessIdentity self, boolean killable) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("pid", Long.toString(self.pid()));
    facts.put("startTicks", Long.toString(self.startTicks()));
    facts.put("killable", Boolean.toString(killable));
    facts.put("startedMillis", Long.toString(ManagementFactory.getRuntimeMXBean().getStartTime()));
    facts.put("command", System.getProperty("sun.java.command", ""));
    facts.put("host", host(root));
    facts.put(
        "jvm",
        System.getProperty("java.vm.name", "JVM")
            + " "
            + System.getProperty("java.runtime.version", ""));
    facts.put(
        "collector",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")));
    facts.put("cwd", System.getProperty("user.dir", ""));
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    facts.put("errorFile", flag(vm, "ErrorFile", ""));
    facts.put("exitOnOutOfMemory", flag(vm, "ExitOnOutOfMemoryError", "false"));
    facts.put("crashOnOutOfMemory", flag(vm, "CrashOnOutOfMemoryError", "false"));
    KernelKills.around(root, self.pid()).write("oomKill", facts);
    return facts;
  }

  private static String flag(@Nullable HotSpotDiagnosticMXBean vm, String name, String unknown) {
    try {
      return vm == null ? unknown : vm.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return unknown; // a JVM without it
    }
  }

  private static String host(Path root) {
    try {
      return Files.readString(root.resolve("proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
