package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the jars, and where. */
final class PackagingIT {
  @Test
  void agentJarHoldsPremainAndHookInTheOpenAndAllElseInItsFolder() throws IOException {
    List<String> open =
        classes(WorkerProcess.AGENT_JAR).stream().filter(n -> !n.startsWith("engine/")).toList();

    assertTrue(open.contains("dev/heaplight/agent/Premain.class"));
    assertTrue(open.contains("dev/heaplight/hook/AllocationHook.class"));
    for (String name : open) {
      assertTrue(
          name.startsWith("dev/heaplight/agent/") || name.startsWith("dev/heaplight/hook/"), name);
    }
  }

  @Test
  void engineBringsItsFormatAndOfLibrariesWhatItUsesAlone() throws IOException {
    List<String> engine =
        classes(WorkerProcess.AGENT_JAR).stream().filter(n -> n.startsWith("engine/")).toList();

    assertTrue(engine.contains("engine/dev/heaplight/engine/Engine.class"));
    assertTrue(engine.contains("engine/dev/heaplight/format/RecordingWriter.class"));
    assertTrue(engine.contains("engine/dev/heaplight/monitor/act/MemoryMonitor.class"));
    for (String name : engine) {
      assertFalse(name.startsWith("engine/dev/heaplight/monitor/forensics/"), name);
      assertTrue(
          name.startsWith("engine/dev/heaplight/engine/")
              || name.startsWith("engine/dev/heaplight/format/")
              || name.startsWith("engine/dev/heaplight/monitor/")
              || name.startsWith("engine/net/bytebuddy/jar/asm/")
              || name.startsWith("engine/one/profiler/")
              || name.startsWith("engine/one/jfr/"),
          name);
    }
  }

  /**
   * What the jar leaves out of a library or of the monitor must be used by nothing that is in it.
   */
  @Test
  void engineUsesNoClassThatIsNeitherInTheJarNorInTheJdk(@TempDir Path unpacked)
      throws IOException {
    try (JarFile jar = new JarFile(WorkerProcess.AGENT_JAR.toFile())) {
      for (ZipEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        String name = entry.getName();
        Path file = unpacked.resolve(name.replaceFirst("^engine/", ""));
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);

    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    jdeps.run(out, out, "--missing-deps", unpacked.toString());

    List<String> missing =
        told.toString()
            .lines()
            .filter(line -> line.contains("->") && !line.startsWith(unpacked.getFileName() + " "))
            .filter(line -> !line.contains("org.jspecify.annotations.")) // no class needs them
            .toList();
    assertTrue(told.toString().contains("org.jspecify.annotations."), told.toString());
    assertEquals(List.of(), missing);
  }

  @Test
  void apiJarHoldsTheApiAlone() throws IOException {
    for (String name : classes(WorkerProcess.API_JAR)) {
      assertTrue(name.startsWith("dev/heaplight/") || name.equals("module-info.class"), name);
      assertEquals(
          name.equals("module-info.class") ? 0 : 2,
          name.chars().filter(c -> c == '/').count(),
          name);
    }
  }

  private static List<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).filter(n -> n.endsWith(".class")).toList();
    }
  }
}
