package dev.heaplight.server.draw;

import dev.heaplight.server.session.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Has pages drawn, a few at a time. Thread-safe. */
public final class Drawings implements AutoCloseable {
  private static final int AT_A_TIME = 2;
  private static final int WAITING = 6;
  private static final long WAIT_SECONDS = 60;
  private static final long DRAW_SECONDS = 180;

  /** Below that a page is drawn before the optimising compiler would have paid off. */
  private static final long SMALL_BYTES = 16_000_000;

  /** Stacks take some 30 times as much memory as they do packed. */
  private static final long HEAP_BASE_MB = 192;

  private static final long HEAP_FACTOR = 30;

  /** The node may be short of memory already: what takes more is drawn by hand, where there is. */
  private static final long HEAP_MAX_MB = 2_048;

  private static final int MAX_MESSAGE = 300;

  private final Path directory;
  private final Semaphore drawing = new Semaphore(AT_A_TIME, true);
  private final Semaphore admitted = new Semaphore(AT_A_TIME + WAITING);
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /**
   * Makes a directory of its own for pages until they are sent.
   *
   * @throws IOException if that is not possible
   */
  public Drawings() throws IOException {
    directory = Files.createTempDirectory("heaplight-serve-"); // its owner's alone
  }

  /**
   * Draws the flame graph of a recording, or with two of them how the first differs from the
   * second.
   *
   * @return the page, which the caller deletes
   * @throws IOException if a file cannot be drawn, or too many are drawn already; the message is
   *     for the client
   */
  public Path draw(List<LogFile> files) throws IOException {
    if (!admitted.tryAcquire()) {
      throw new IOException("too many flame graphs are being drawn: try again");
    }
    try {
      if (!drawing.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("too many flame graphs are being drawn: try again");
      }
      try {
        return run(files);
      } finally {
        drawing.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is shutting down", e);
    } finally {
      admitted.release();
    }
  }

  private Path run(List<LogFile> files) throws IOException, InterruptedException {
    Path page = Files.createTempFile(directory, "page", ".html");
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    boolean drawn = false;
    try {
      Process process =
          new ProcessBuilder(command(page, files))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(errors.toFile())
              .start();
      running.add(process);
      try {
        if (!process.waitFor(DRAW_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("drawing took too long: draw it with heaplight flamegraph");
        }
      } finally {
        process.destroyForcibly();
        running.remove(process);
      }
      if (process.exitValue() != 0) {
        throw new IOException(message(errors));
      }
      drawn = true;
      return page;
    } finally {
      Files.deleteIfExists(errors);
      if (!drawn) {
        Files.deleteIfExists(page);
      }
    }
  }

  private static List<String> command(Path page, List<LogFile> files) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Djava.awt.headless=true"));
    long size = files.stream().mapToLong(LogFile::sizeBytes).sum();
    command.add("-Xmx" + Math.min(HEAP_MAX_MB, HEAP_BASE_MB + HEAP_FACTOR * (size >> 20)) + "m");
    if (files.stream().allMatch(file -> file.sizeBytes() < SMALL_BYTES)) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), DrawMain.class.getName()));
    command.add(page.toString());
    for (LogFile file : files) {
      command.add(file.confined().toString());
    }
    return command;
  }

  private static String message(Path errors) throws IOException {
    String first = Files.readString(errors).lines().findFirst().orElse("it ended without a word");
    return "cannot be drawn: " + first.substring(0, Math.min(MAX_MESSAGE, first.length()));
  }

  /** Stops what is being drawn and removes what was. */
  @Override
  public void close() throws IOException {
    running.forEach(Process::destroyForcibly);
    try (var pages = Files.list(directory)) {
      for (Path page : pages.toList()) {
        Files.deleteIfExists(page);
      }
    }
    Files.deleteIfExists(directory);
  }
}
