package dev.heaplight.bench.program;

import com.sun.management.OperatingSystemMXBean;
import dev.heaplight.Tracker;
import dev.heaplight.bench.overhead.BenchFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an agent adds to a program that does nothing: time to main, and CPU time of the process. */
public final class StartUpCost {
  private static final int ROUNDS = 11;

  private StartUpCost() {}

  /** Takes the number of rounds. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    BenchFiles files = BenchFiles.locate();
    Path run = files.newRunDirectory();
    List<Case> cases =
        List.of(
            new Case("bare", "", "end"),
            new Case("heaplight", ChildJvm.heaplight(files, run), "end"),
            new Case("heaplight, one scope", ChildJvm.heaplight(files, run), "scope"),
            new Case("google", "-javaagent:" + files.allocationInstrumenter(), "end"),
            new Case(
                "async-profiler 512k",
                "-agentpath:"
                    + files.asyncProfiler()
                    + "=start,event=alloc,alloc=512k,file=/dev/null",
                "end"));
    try {
      for (int round = 0; round < rounds; round++) {
        for (Case one : cases) {
          one.run(files);
        }
      }
    } finally {
      BenchFiles.delete(run);
    }
    System.out.println("| start | JVM start to main, ms | process CPU at main's end, ms |");
    System.out.println("|---|---|---|");
    cases.forEach(one -> System.out.println(one.row()));
  }

  /** One way to start, with its figures. */
  private static final class Case {
    private final String name;
    private final String option;
    private final String what;
    private final List<long[]> figures = new ArrayList<>();

    Case(String name, String option, String what) {
      this.name = name;
      this.option = option;
      this.what = what;
    }

    void run(BenchFiles files) throws IOException, InterruptedException {
      List<String> options = new ArrayList<>(List.of("-Xmx256m"));
      if (!option.isEmpty()) {
        options.add(option);
      }
      new ChildJvm(files, options).run(this::line, HelloWorld.class, what);
    }

    private void line(String line) {
      if (line.startsWith("figures ")) {
        figures.add(
            Arrays.stream(line.substring("figures ".length()).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray());
      }
    }

    String row() {
      return String.format(Locale.ROOT, "| %s | %d | %d |", name, median(0), median(1));
    }

    private long median(int figure) {
      long[] sorted = figures.stream().mapToLong(one -> one[figure]).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  /** The program. */
  public static final class HelloWorld {
    private HelloWorld() {}

    /** Takes {@code scope} to open a scope, which waits until the agent is ready. */
    public static void main(String[] arguments) {
      long atMain = System.currentTimeMillis();
      System.out.println("Hello, world");
      if (arguments[0].equals("scope")) {
        Tracker.open("hello").close();
      }
      long toMain = atMain - ManagementFactory.getRuntimeMXBean().getStartTime();
      long cpuNanos =
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime();
      System.out.println("figures " + toMain + " " + cpuNanos / 1_000_000);
    }
  }
}
