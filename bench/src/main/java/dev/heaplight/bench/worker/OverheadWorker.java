package dev.heaplight.bench.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.heaplight.bench.workload.Workload;
import dev.heaplight.bench.workload.WorkloadKind;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Runs a workload's warm-up and its measured operations and prints the figures of the latter. */
public final class OverheadWorker {
  static final String WARM_UP = "warm-up";
  private static final String MEASURED = "measured";
  private static final int SLICES = 24;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final WorkloadKind kind;
  private final ProfilerSession session;
  private final double[] sliceNanosPerOperation = new double[SLICES];
  private long sink;

  private OverheadWorker(WorkloadKind kind, ProfilerSession session) {
    this.kind = kind;
    this.session = session;
  }

  /** Takes workload, session, operations of the warm-up, operations to measure. */
  public static void main(String[] arguments) throws Exception {
    OverheadWorker worker =
        new OverheadWorker(WorkloadKind.of(arguments[0]), ProfilerSessions.of(arguments[1]));
    int warmUp = Integer.parseInt(arguments[2]);
    int measured = Integer.parseInt(arguments[3]);
    System.out.println(worker.run(warmUp, measured).line(worker.kind.title()));
    // The sum makes all work needed; sessions and background threads of profilers end with the JVM.
    System.out.println("sum=" + worker.sink);
  }

  private WorkerFigures run(int warmUp, int measured) throws Exception {
    try (Workload workload = kind.make()) {
      session.begin(WARM_UP);
      operate(workload, 0, warmUp);
      session.end();
      StartingGate.await();
      return measure(workload, warmUp, measured);
    }
  }

  /** The profiler's beginning and end are part of the cost, but not of what is allocated. */
  private WorkerFigures measure(Workload workload, int first, int operations) throws Exception {
    threads.getCurrentThreadAllocatedBytes(); // loads what it needs before it counts
    long processBefore = process.getProcessCpuTime();
    long wallBefore = System.nanoTime();
    long cpuBefore = threads.getCurrentThreadCpuTime();
    session.begin(MEASURED);
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    operate(workload, first, operations);
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    session.end();
    long cpu = threads.getCurrentThreadCpuTime() - cpuBefore;
    long wall = System.nanoTime() - wallBefore;
    long processCpu = process.getProcessCpuTime() - processBefore;
    return new WorkerFigures(
        operations,
        cpu,
        lowerQuartile(),
        wall,
        processCpu,
        allocated,
        session.recordedBytes(),
        session.coverage());
  }

  /** Counted in slices, whose times tell steady work from a disturbed machine. */
  private void operate(Workload workload, int first, int operations) throws Exception {
    long sum = 0;
    int done = 0;
    for (int slice = 0; slice < SLICES; slice++) {
      int end = (int) ((long) operations * (slice + 1) / SLICES);
      int size = end - done;
      long before = threads.getCurrentThreadCpuTime();
      for (; done < end; done++) {
        sum += workload.operate(first + done);
      }
      double nanos = threads.getCurrentThreadCpuTime() - before;
      sliceNanosPerOperation[slice] = size == 0 ? Double.MAX_VALUE : nanos / size;
    }
    sink += sum;
  }

  private double lowerQuartile() {
    double[] sorted = sliceNanosPerOperation.clone();
    Arrays.sort(sorted);
    int measured = 0;
    while (measured < SLICES && sorted[measured] < Double.MAX_VALUE) {
      measured++;
    }
    return sorted[measured / 4];
  }
}
