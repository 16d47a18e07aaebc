package dev.heaplight.bench.hog;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Three workers in a group, one of them a hog, and what became of them. */
public final class HogRun {
  private static final long WORK_MILLIS = 2_500;
  private static final long PATIENCE_SECONDS = 120;

  private HogRun() {}

  /**
   * What came of a run.
   *
   * @param kernelKills kills by the kernel's OOM killer
   * @param hog how the hog ended: {@code failed}, {@code killed} or what it exited with
   * @param finished workers that were not the hog and finished
   * @param named whether the report or the error names the hog's line
   * @param overshootBytes most that was in use, less the trigger; may be negative
   * @param actedMillis from use above the trigger to the hog's end or error, or a negative number
   * @param returnedMillis from use above the trigger to use below it for good
   * @param bytesPerSecond fastest growth over 20 ms
   */
  public record Outcome(
      long kernelKills,
      String hog,
      int finished,
      boolean named,
      long overshootBytes,
      double actedMillis,
      double returnedMillis,
      double bytesPerSecond) {}

  /** A worker and what it printed. */
  private static final class Worker {
    private final Process process;
    private final Path output;
    private volatile long endedNanos;

    Worker(Process process, Path output) {
      this.process = process;
      this.output = output;
      Thread watch =
          new Thread(
              () -> {
                try {
                  process.waitFor();
                  endedNanos = System.nanoTime();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      watch.setDaemon(true);
      watch.start();
    }

    boolean printed(String start) throws IOException {
      try (BufferedReader lines = Files.newBufferedReader(output)) {
        return lines.lines().anyMatch(line -> line.startsWith(start));
      }
    }
  }

  /** Runs once, in a group and a session of its own below {@code directory}. */
  public static Outcome run(HogSetup setup, Path directory)
      throws IOException, InterruptedException {
    Path session = Files.createDirectories(directory.resolve("session"));
    Path go = directory.resolve("go");
    String name = "heaplight-hog-" + ProcessHandle.current().pid();
    Process monitor = null;
    try (MemoryGroup group = MemoryGroup.create(name, setup.limitBytes())) {
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String[] arguments = {go.toString(), Long.toString(WORK_MILLIS)};
        workers.add(
            start(setup, group, directory, "steady" + i, "-Xmx64m", SteadyWorker.class, arguments));
      }
      String[] rate = {go.toString(), Double.toString(setup.bytesPerSecond())};
      Worker hog = start(setup, group, directory, "hog", setup.hogOptions(), HogWorker.class, rate);
      if (setup.guard().equals("monitor")) {
        monitor = monitor(setup, session, directory);
      }
      for (Worker worker : List.of(workers.get(0), workers.get(1), hog)) {
        await(worker);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      if (setup.guard().equals(EarlyOom.NAME)) {
        monitor = EarlyOom.start(setup.triggerBytes() - group.usedBytes(), directory);
      }
      UsageSampler sampler = new UsageSampler(group, setup.triggerBytes());
      sampler.start();
      Files.createFile(go);
      return outcome(setup, group, sampler, workers, hog, session);
    } finally {
      if (monitor != null) {
        monitor.destroy();
        monitor.waitFor();
      }
    }
  }

  private static Outcome outcome(
      HogSetup setup,
      MemoryGroup group,
      UsageSampler sampler,
      List<Worker> workers,
      Worker hog,
      Path session)
      throws IOException, InterruptedException {
    boolean hogEnded = hog.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    int finished = 0;
    for (Worker worker : workers) {
      worker.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      finished += worker.printed(SteadyWorker.FINISHED) ? 1 : 0;
    }
    sampler.end();
    Files.writeString(session.resolveSibling("usage.txt"), sampler.trace());
    boolean failed = hog.printed("failed node");
    String how =
        failed
            ? "failed"
            : !hogEnded
                ? "runs on"
                : hog.process.exitValue() == 137 ? "killed" : "exit " + hog.process.exitValue();
    long kernelKills = group.oomKills();
    long crossed = sampler.crossedNanos();
    return new Outcome(
        kernelKills,
        how,
        finished,
        hog.printed("named true") || reportNames(session),
        sampler.maxBytes() - setup.triggerBytes(),
        crossed == 0 || failed ? -1 : (hog.endedNanos - crossed) / 1e6,
        crossed == 0 || sampler.returnedNanos() == 0
            ? -1
            : (sampler.returnedNanos() - crossed) / 1e6,
        sampler.steepest());
  }

  private static boolean reportNames(Path session) throws IOException {
    Path logs = session.resolve("logs");
    if (!Files.isDirectory(logs)) {
      return false;
    }
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        if (Files.readString(file).contains("HogWorker.grow")) {
          return true;
        }
      }
    }
    return false;
  }

  private static void await(Worker worker) throws IOException {
    while (!worker.printed(StartSignal.READY)) {
      if (!worker.process.isAlive()) {
        throw new IOException("worker ended early: " + Files.readString(worker.output));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static Worker start(
      HogSetup setup,
      MemoryGroup group,
      Path directory,
      String name,
      String options,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(setup.java().toString());
    command.addAll(Arrays.asList(options.split(" ")));
    boolean off = setup.guard().equals("none") || setup.guard().equals(EarlyOom.NAME);
    command.add(
        "-javaagent:"
            + setup.agent()
            + "=weave-wait=600s,session="
            + directory.resolve("session")
            + (off ? ",memory-refresh=0s" : "")
            + (setup.agentOptions().isEmpty() ? "" : "," + setup.agentOptions()));
    command.addAll(List.of("-cp", setup.classPath(), main.getName()));
    command.addAll(Arrays.asList(arguments));
    Path output = directory.resolve(name + ".out");
    Process process =
        new ProcessBuilder(group.inside(command))
            .redirectOutput(output.toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .start();
    return new Worker(process, output);
  }

  private static Process monitor(HogSetup setup, Path session, Path directory) throws IOException {
    return new ProcessBuilder(
            setup.launcher().toString(), "monitor", "--session", session.toString())
        .redirectOutput(directory.resolve("monitor.out").toFile())
        .redirectError(directory.resolve("monitor.err").toFile())
        .start();
  }
}
