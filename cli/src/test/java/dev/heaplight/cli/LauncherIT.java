package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a user starts it, on the installation that the build laid out. */
class LauncherIT {
  private static final Path DIST = Path.of("target/dist").toAbsolutePath();
  private static final Path SOURCE_LAUNCHER = Path.of("../bin/heaplight").toAbsolutePath();

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void makeDirectoryWithBlanks() throws IOException {
    home = Files.createDirectory(directory.resolve("an installation"));
  }

  @Test
  void sourceTreeUsesWhatWasBuiltThere() throws Exception {
    CommandRun run = launch(SOURCE_LAUNCHER, Map.of(), "path", "agent");
    Path jar = DIST.toRealPath().resolve("lib/heaplight-agent.jar");
    assertEquals(new CommandRun(0, jar + "\n", ""), run);
    assertTrue(Files.isRegularFile(jar));
  }

  @Test
  void unpackedDistributionWorksThroughALinkAndWithBlanksInItsPath() throws Exception {
    copyDistribution();
    Path link = Files.createSymbolicLink(directory.resolve("hl"), home.resolve("bin/heaplight"));
    Path recording = recording("\u6ce8\u6587 1.heaplight");
    Path page = directory.resolve("heaplight-flamegraph-\u6ce8\u6587 1.html");
    assertEquals(
        new CommandRun(0, "Wrote " + page + "\n", ""),
        launch(link, Map.of("LC_ALL", "C"), "flamegraph", recording.toString()));
    assertEquals(
        new CommandRun(0, home.toRealPath().resolve("lib/heaplight-api.jar") + "\n", ""),
        launch(link, Map.of(), "path", "api"));
  }

  @Test
  void pictureNeedsTheModuleThatDrawsIt() throws Exception {
    copyDistribution();
    Files.delete(home.resolve("lib/heaplight-viewer-svg.jar"));
    Files.delete(home.resolve("lib/org.jfree.svg.jar"));
    Path recording = recording("job.heaplight");
    Path launcher = home.resolve("bin/heaplight");
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot write svg: heaplight-viewer-svg.jar is not on the class path;"
                + " add it to the installation's lib directory or use --format html\n"),
        launch(launcher, Map.of(), "flamegraph", "--format", "svg", recording.toString()));
    assertEquals(0, launch(launcher, Map.of(), "flamegraph", recording.toString()).exitCode());
  }

  @Test
  void jfrFilesAreReadWithTheInstallationsOwnJar() throws Exception {
    assertTrue(Files.isRegularFile(DIST.resolve("lib/jfr-converter.jar")));
    Path file = JfrInputTest.record(directory.resolve("job.jfr"), "jdk.ObjectAllocationSample");
    Path report = directory.resolve("heaplight-collapsed-job.txt");
    assertEquals(
        new CommandRun(0, "Wrote " + report + "\n", ""),
        launch(SOURCE_LAUNCHER, Map.of(), "transform", "collapsed", file.toString()));
  }

  /** Large files are read with other options of the JVM, which must be ones it knows. */
  @Test
  void largeJfrFilesAreReadToo() throws Exception {
    Path file = directory.resolve("large.jfr");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(20_000_000);
    }
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot read "
                + file
                + ": it is not a Heaplight recording; give a .heaplight file written by the"
                + " agent\n"),
        launch(SOURCE_LAUNCHER, Map.of(), "stats", file.toString()));
  }

  @Test
  void missingJarIsOneLine() throws Exception {
    copyDistribution();
    Path jar = home.toRealPath().resolve("lib/heaplight-agent.jar");
    Files.delete(jar);
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot find heaplight-agent.jar: there is none in "
                + jar.getParent()
                + "; unpack the distribution again, or build it with mvn package\n"),
        launch(home.resolve("bin/heaplight"), Map.of(), "path", "agent"));
  }

  @Test
  void unbuiltTreeIsOneLine() throws Exception {
    Path bin = Files.createDirectory(home.resolve("bin"));
    Path launcher = Files.copy(SOURCE_LAUNCHER, bin.resolve("heaplight"));
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot start: not built yet; run 'mvn package' in "
                + home.toRealPath()
                + "\n"),
        launch(launcher, Map.of(), "--version"));
  }

  @Test
  void missingAndOldJavaAreOneLine() throws Exception {
    CommandRun missing = launch(SOURCE_LAUNCHER, Map.of("JAVA_HOME", "/none"), "--version");
    assertEquals(
        "heaplight: cannot start: no java in JAVA_HOME=/none;"
            + " set JAVA_HOME to a JDK or JRE of version 17 or newer\n",
        missing.err());
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 99\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot start: "
                + java
                + " is too old; set JAVA_HOME to a JDK or JRE of version 17 or newer\n"),
        launch(SOURCE_LAUNCHER, Map.of("JAVA_HOME", home.toString()), "--version"));
  }

  @Test
  void binaryReportGoesToStandardOutputAsItGoesToAFile() throws Exception {
    String recording = recording("job.heaplight").toString();
    CommandRun run = launch(SOURCE_LAUNCHER, Map.of(), "transform", "pprof", recording);
    assertEquals(0, run.exitCode(), run.err());
    byte[] file = Files.readAllBytes(directory.resolve("heaplight-pprof-job.pb.gz"));
    launchRaw(SOURCE_LAUNCHER, Map.of(), "transform", "pprof", "-o", "-", recording);
    assertArrayEquals(file, Files.readAllBytes(directory.resolve("out.txt")));
    assertEquals("", Files.readString(directory.resolve("err.txt")));
  }

  /** As a process does that the signal of a closed pipe ends. */
  @Test
  void readerThatLeavesEndsTheCommandQuietly() throws Exception {
    TestRecording endless = TestRecording.create(directory.resolve("long.heaplight"));
    for (int line = 1; line <= 20_000; line++) {
      endless.allocation("byte[]", 1, 8, TestRecording.frame("com.acme.Job.run", line));
    }
    String recording = endless.finish(1_500, 128, 2).toString();
    Path err = directory.resolve("err.txt");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "{ sh \"$0\" parse \"$1\"; echo $? >&2; } | true",
                SOURCE_LAUNCHER.toString(),
                recording)
            .redirectError(err.toFile())
            .start();
    assertEquals(0, shell.waitFor());
    assertEquals("141\n", Files.readString(err));
  }

  @Test
  void lackOfMemoryIsOneLine() throws Exception {
    TestRecording large = TestRecording.create(directory.resolve("large.heaplight"));
    for (int line = 1; line <= 200_000; line++) {
      large.allocation("byte[]", 1, 8, TestRecording.frame("com.acme.Job.run", line));
    }
    String recording = large.finish(1_500, 128, 2).toString();
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: out of memory: the recording needs a larger heap;"
                + " set HEAPLIGHT_JAVA_OPTS=-Xmx4g and run it again\n"),
        launch(SOURCE_LAUNCHER, Map.of("HEAPLIGHT_JAVA_OPTS", "-Xmx12m"), "stats", recording));
  }

  private Path recording(String name) throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve(name));
    recording.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    return recording.finish(1_500, 128, 2);
  }

  private void copyDistribution() throws IOException {
    try (Stream<Path> files = Files.walk(DIST)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            home.resolve(DIST.relativize(file).toString()),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private CommandRun launch(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    int exitCode = launchRaw(launcher, environment, arguments);
    return new CommandRun(
        exitCode,
        Files.readString(directory.resolve("out.txt")),
        Files.readString(directory.resolve("err.txt")));
  }

  private int launchRaw(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of("sh", launcher.toString()), Stream.of(arguments)).toList());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return builder.start().waitFor();
  }
}
