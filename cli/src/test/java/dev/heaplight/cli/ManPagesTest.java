package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ManPagesTest {
  @TempDir Path directory;

  @Test
  void everyVerbAndFormatHasAPage() throws IOException {
    assertEquals(0, ManPages.write(directory.toFile()));
    for (String page : new String[] {"", "-flamegraph", "-check", "-transform-pprof", "-attach"}) {
      Path file = directory.resolve("heaplight" + page + ".adoc");
      assertTrue(Files.readString(file).contains("== Options"), file::toString);
    }
  }

  /** The library warns on the standard error stream of a text that is no format. */
  @Test
  void everyTextOfHelpIsWellFormed() {
    PrintStream before = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      assertHelps(Heaplight.commandLine());
    } finally {
      System.setErr(before);
    }
    assertEquals("", warnings.toString(StandardCharsets.UTF_8));
  }

  private static void assertHelps(CommandLine command) {
    assertFalse(command.getUsageMessage().isEmpty());
    command.getSubcommands().values().forEach(ManPagesTest::assertHelps);
  }
}
