package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
  private static final Path AGENT = Path.of("/opt/heaplight-agent.jar");

  @TempDir Path home;

  @Test
  void agentIsPutRightBehindTheExecutable() throws Exception {
    Path java = executable("java");
    JavaCommand command = JavaCommand.of(List.of(java.toString(), "-cp", "x", "Main"), "");
    assertEquals(
        List.of(
            java.toString(),
            "-javaagent:/opt/heaplight-agent.jar=track=process",
            "-cp",
            "x",
            "Main"),
        command.withAgent(AGENT, "track=process"));
  }

  @Test
  void executableIsFoundLikeAShellDoes() throws Exception {
    Path unused = executable("java");
    Path bin = home.resolve("bin");
    JavaCommand command = JavaCommand.of(List.of("java", "Main"), "/none:" + bin);
    assertEquals("java", command.withAgent(AGENT, "").get(0));
    assertRefused(
        "cannot run java: no such program in PATH; check the command behind --", "/none", "java");
    assertRefused(
        "cannot run ./java: no such file; check the command behind --", bin.toString(), "./java");
  }

  @Test
  void whatIsNoJavaLauncherIsRefused() throws Exception {
    Path script = executable("mvn");
    assertRefused(
        "cannot run "
            + script
            + ": it is not java; give the java command, or set JAVA_TOOL_OPTIONS="
            + "-javaagent:$(heaplight path agent)=track=process for it",
        "",
        script.toString());
    Path plain = Files.writeString(home.resolve("java"), "");
    assertRefused(
        "cannot run " + plain + ": it is not executable; check the command behind --",
        "",
        plain.toString());
    assertRefused(
        "cannot run " + home + ": it is not executable; check the command behind --",
        "",
        home.toString());
  }

  @Test
  void oldJavaIsRefusedWhereItsVersionIsKnown() throws Exception {
    Path java = executable("java");
    release("17.0.1");
    int unused = JavaCommand.of(List.of(java.toString()), "").withAgent(AGENT, "").size();
    release("1.8.0_402");
    String remedy = "; use a JDK or JRE of version 17 or newer";
    assertRefused("cannot run " + java + ": it is Java 8" + remedy, "", java.toString());
    release("11.0.2");
    Path link = Files.createSymbolicLink(home.resolve("link-to-java"), java);
    Path linked = Files.createDirectories(home.resolve("other")).resolve("java");
    Files.move(link, linked);
    assertRefused("cannot run " + linked + ": it is Java 11" + remedy, "", linked.toString());
  }

  @Test
  void secondAgentIsRefused() throws Exception {
    String agent = "-javaagent:/x/heaplight-agent.jar";
    Path java = executable("java");
    assertRefused(
        "cannot run " + java + ": it has " + agent + " already; leave that out",
        "",
        java.toString(),
        agent,
        "Main");
  }

  @Test
  void temporaryDirectoryIsTheProgramsOwn() throws Exception {
    String java = executable("java").toString();
    assertEquals(
        Path.of("/scratch"),
        JavaCommand.of(List.of(java, "-Djava.io.tmpdir=/scratch", "Main"), "")
            .temporaryDirectory());
    assertEquals(
        Path.of(System.getProperty("java.io.tmpdir")),
        JavaCommand.of(List.of(java, "Main"), "").temporaryDirectory());
  }

  private static void assertRefused(String message, String searchPath, String... words) {
    UserError refused =
        assertThrows(UserError.class, () -> JavaCommand.of(List.of(words), searchPath));
    assertEquals(message, refused.getMessage());
  }

  private Path executable(String name) throws IOException {
    Path file = Files.createDirectories(home.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private void release(String version) throws IOException {
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }
}
