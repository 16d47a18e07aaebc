package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.cli.worker.StepWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attaching to running programs and leaving them again. */
@Timeout(300)
class AttachIT {
  @TempDir Path directory;

  static List<Arguments> commandsAndTargets() throws IOException {
    List<Arguments> pairs = new ArrayList<>();
    for (Jdk command : Jdk.all()) {
      for (Jdk target : Jdk.all()) {
        pairs.add(Arguments.of(command, target));
      }
    }
    return pairs;
  }

  static List<Jdk> jdks() throws IOException {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("commandsAndTargets")
  void whatIsAllocatedBetweenAttachAndDetachIsRecorded(Jdk commandJdk, Jdk targetJdk)
      throws Exception {
    InstalledCommand heaplight = new InstalledCommand(commandJdk, directory);
    try (WorkerJvm worker = WorkerJvm.start(targetJdk, directory)) {
      long pid = worker.pid();
      worker.step("allocate 200");
      Path first = logs().resolve("StepWorker-" + pid + ".heaplight");
      assertEquals(
          new CommandRun(
              0, "Recording " + first + "\n", "Stop it with: heaplight detach " + pid + "\n"),
          heaplight.run("attach", pid, "--session", session()));
      worker.step("allocate 300");
      worker.step("keep 50");
      assertEquals(
          new CommandRun(
              1,
              "",
              "heaplight: cannot attach to "
                  + pid
                  + ": it is attached already, recording "
                  + first
                  + "; detach from it first\n"),
          heaplight.run("attach", pid));
      assertEquals(new CommandRun(0, "Wrote " + first + "\n", ""), heaplight.run("detach", pid));
      worker.step("allocate 200");
      assertNotAttached(heaplight, pid);

      Path second = logs().resolve("StepWorker-" + pid + "-2.heaplight");
      assertEquals(0, heaplight.run("attach", pid, "--session", session()).exitCode());
      worker.step("allocate 400");
      assertEquals(new CommandRun(0, "Wrote " + second + "\n", ""), heaplight.run("detach", pid));
      worker.step("allocate 200");
      worker.expectArrays(2 * (200 + 300 + 200 + 400 + 200) + 50);

      assertRecorded(first, 300);
      assertEquals(50 * StepWorker.ARRAY_BYTES, RecordedBytes.read(first).keptAtEnd());
      assertRecorded(second, 400);
      assertFalse(worker.errors().contains("heaplight:"), worker.errors());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void agentFromTheStartLendsItsScope(Jdk jdk) throws Exception {
    InstalledCommand heaplight = new InstalledCommand(jdk, directory);
    String scope = "scope=" + StepWorker.class.getName() + ".scoped";
    try (WorkerJvm worker =
        WorkerJvm.start(
            jdk,
            directory,
            "-javaagent:" + InstalledCommand.AGENT + "=session=" + session() + "," + scope)) {
      long pid = worker.pid();
      worker.step("scoped 10"); // the main thread is known now, and works for no scope
      worker.step("allocate 200");
      Path file = logs().resolve("StepWorker-" + pid + ".heaplight");
      assertEquals(
          new CommandRun(
              1,
              "",
              "heaplight: cannot attach to "
                  + pid
                  + ": the agent is in it since its start and keeps its options, not live=off;"
                  + " leave that out\n"),
          heaplight.run("attach", pid, "--options", "live=off"));
      assertEquals(0, heaplight.run("attach", pid).exitCode());
      worker.step("allocate 300");
      worker.step("scoped 20");
      assertEquals(new CommandRun(0, "Wrote " + file + "\n", ""), heaplight.run("detach", pid));
      worker.step("allocate 200");

      Path elsewhere = directory.resolve("elsewhere");
      assertEquals(0, heaplight.run("attach", pid, "--session", elsewhere).exitCode());
      worker.step("allocate 400");
      assertEquals(0, heaplight.run("detach", pid).exitCode());
      worker.step("scoped 30");
      worker.expectArrays(2 * (200 + 300 + 200 + 400) + 10 + 20 + 30);

      RecordedBytes recorded = RecordedBytes.read(file);
      assertEquals(320 * StepWorker.ARRAY_BYTES, recorded.onMain());
      assertEquals(300 * StepWorker.ARRAY_BYTES, recorded.onSecond());
      recorded.assertWhole();
      assertRecorded(elsewhere.resolve("logs").resolve(file.getFileName()), 400);
      List<Long> scopes = new ArrayList<>();
      for (Path scoped : recordings("StepWorker.scoped")) {
        scopes.add(RecordedBytes.read(scoped).onMain() / StepWorker.ARRAY_BYTES);
      }
      assertEquals(List.of(10L, 20L, 30L), scopes);
    }
  }

  @Test
  void processRecordedSinceItsStartIsNotRecordedTwice() throws Exception {
    InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
    String agent = "-javaagent:" + InstalledCommand.AGENT + "=track=process,session=" + session();
    try (WorkerJvm worker = WorkerJvm.start(Jdk.running(), directory, agent)) {
      Path file = logs().resolve("StepWorker-" + worker.pid() + ".heaplight");
      assertEquals(
          new CommandRun(
              1,
              "",
              "heaplight: cannot attach to "
                  + worker.pid()
                  + ": it is recorded whole since its start; read "
                  + file
                  + "\n"),
          heaplight.run("attach", worker.pid()));
      assertNotAttached(heaplight, worker.pid());
      worker.step("allocate 300");
      worker.expectArrays(600);
      assertRecorded(file, 300);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void durationEndsTheRecordingAndTheProgramGoesOn(Jdk jdk) throws Exception {
    InstalledCommand heaplight = new InstalledCommand(jdk, directory);
    try (WorkerJvm worker = WorkerJvm.start(jdk, directory)) {
      Path file = logs().resolve("StepWorker-" + worker.pid() + ".heaplight");
      Process attach =
          heaplight
              .builder("attach", worker.pid(), "--session", session(), "--duration", "5s")
              .start();
      awaitAttached(worker);
      worker.step("allocate 300");
      assertEquals("Wrote " + file, attach.inputReader().readLine());
      assertEquals(0, attach.waitFor());
      worker.step("allocate 200");
      assertNotAttached(heaplight, worker.pid());
      worker.expectArrays(1_000);
      assertRecorded(file, 300);
    }
  }

  @Test
  void interruptedAttachDetaches() throws Exception {
    InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
    try (WorkerJvm worker = WorkerJvm.start(Jdk.running(), directory)) {
      Path file = logs().resolve("StepWorker-" + worker.pid() + ".heaplight");
      Process attach =
          heaplight
              .builder("attach", worker.pid(), "--session", session(), "--duration", "1h")
              .start();
      awaitAttached(worker);
      worker.step("allocate 300");
      new ProcessBuilder("kill", "" + attach.pid()).start().waitFor();
      assertEquals(
          "heaplight: interrupted and detached: recording ended early: " + file,
          attach.errorReader().readLine());
      assertEquals(128 + 15, attach.waitFor());
      assertNotAttached(heaplight, worker.pid());
      assertRecorded(file, 300);
      worker.expectArrays(600);
    }
  }

  @Test
  void programThatEndsWhileAttachedEndsItsRecording() throws Exception {
    InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
    try (WorkerJvm worker = WorkerJvm.start(Jdk.running(), directory)) {
      Path file = logs().resolve("StepWorker-" + worker.pid() + ".heaplight");
      Process attach =
          heaplight
              .builder("attach", worker.pid(), "--session", session(), "--duration", "1h")
              .start();
      awaitAttached(worker);
      worker.step("allocate 300");
      worker.expectArrays(600);
      assertEquals("Wrote " + file, attach.inputReader().readLine());
      assertEquals(
          "note: process " + worker.pid() + " ended before its time was up",
          attach.errorReader().readLine());
      assertEquals(0, attach.waitFor());
      assertRecorded(file, 300);
    }
  }

  @Test
  void whatTheAgentCannotDoIsOneLineAndLeavesTheProgramAlone() throws Exception {
    InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
    Path inTheWay = Files.writeString(directory.resolve("file"), "");
    try (WorkerJvm worker = WorkerJvm.start(Jdk.running(), directory)) {
      String cannot = "heaplight: cannot attach to " + worker.pid() + ": ";
      CommandRun unwritable = heaplight.run("attach", worker.pid(), "--session", inTheWay);
      assertEquals(1, unwritable.exitCode());
      assertEquals(
          cannot
              + "cannot write the recording, not a directory: "
              + inTheWay
              + "; give a directory with --session\n",
          unwritable.err());
      CommandRun unknown = heaplight.run("attach", worker.pid(), "--options", "scope=run");
      assertEquals(
          cannot
              + "scope: expected=package.Class.method or package.Class.method:NAME#ID, actual=run;"
              + " correct the option\n",
          unknown.err());
      worker.step("allocate 10");
      worker.expectArrays(20);
    }
  }

  @Test
  void jvmThatDoesNotLetItselfBeAttachedIsOneLine() throws Exception {
    assertRefused(
        "attaching is disabled in it (-XX:+DisableAttachMechanism) or it does not respond;"
            + " start it with the agent instead",
        "-XX:+DisableAttachMechanism");
    assertRefused(
        "it was started with -XX:-EnableDynamicAgentLoading;"
            + " start it without that, or with the agent",
        "-XX:-EnableDynamicAgentLoading");
  }

  private void assertRefused(String reason, String jvmArgument) throws Exception {
    try (WorkerJvm worker = WorkerJvm.start(Jdk.running(), directory, jvmArgument)) {
      assertEquals(
          new CommandRun(
              1, "", "heaplight: cannot attach to " + worker.pid() + ": " + reason + "\n"),
          new InstalledCommand(Jdk.running(), directory).run("attach", worker.pid()));
      worker.expectArrays(0);
    }
  }

  private static void assertNotAttached(InstalledCommand heaplight, long pid) throws Exception {
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot detach from "
                + pid
                + ": it is not attached; attach to it first: heaplight attach "
                + pid
                + "\n"),
        heaplight.run("detach", pid));
  }

  private static void assertRecorded(Path file, int arrays) throws IOException {
    RecordedBytes recorded = RecordedBytes.read(file);
    assertEquals("process", recorded.kind());
    assertEquals(arrays * StepWorker.ARRAY_BYTES, recorded.onMain());
    assertEquals(arrays * StepWorker.ARRAY_BYTES, recorded.onSecond());
    recorded.assertWhole();
  }

  /** Waits until the attach command's scope is open. */
  private static void awaitAttached(WorkerJvm worker) throws UserError {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    try (TargetJvm jvm = TargetJvm.of(worker.pid(), "cannot ask")) {
      while (jvm.attachedFile() == null) {
        assertTrue(System.nanoTime() < deadline, "not attached in time");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  private List<Path> recordings(String nameEnd) throws IOException {
    try (Stream<Path> files = Files.list(logs())) {
      return files
          .filter(file -> file.getFileName().toString().contains(nameEnd))
          .sorted()
          .toList();
    }
  }

  private Path session() {
    return directory.resolve("session");
  }

  private Path logs() {
    return session().resolve("logs");
  }
}
