package dev.heaplight.bench.workload;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The workloads, with operations for some seconds of measured work on a machine of 2026. The
 * warm-up ends where the JVM's second compiler has little left to do.
 */
public enum WorkloadKind {
  /** SQL over an in-memory database. */
  H2(2_000, 5_000),
  /** Indexing and searching text in memory. */
  LUCENE(60, 150),
  /** JSON to trees and beans and back. */
  JACKSON(2_500, 10_000),
  /** A compiler run over a library's sources. */
  JAVAC(60, 60),
  /** Maps, lists and queues filled and emptied. */
  COLLECTIONS(4_000, 16_000),
  /** Boxed numbers, string concatenation, capturing lambdas. */
  BOXING(8_000, 30_000),
  /** Methods, constructors and arrays by reflection. */
  REFLECTION(8_000, 30_000),
  /** Worst case: nothing but objects that the JIT compiler removes. */
  REMOVED(1_000, 4_000),
  /** Worst case: nothing but small objects that stay for a while. */
  RETAINED(1_000, 1_500);

  /** A short run has this fraction of the operations. */
  private static final int SHORT_DIVISOR = 8;

  private final int warmUpOperations;
  private final int measuredOperations;

  WorkloadKind(int warmUpOperations, int measuredOperations) {
    this.warmUpOperations = warmUpOperations;
    this.measuredOperations = measuredOperations;
  }

  /**
   * The workload of this name, in any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static WorkloadKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.title().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown workload: actual=" + name + ", expected=" + titles()));
  }

  private static String titles() {
    return Arrays.stream(values()).map(WorkloadKind::title).collect(Collectors.joining(", "));
  }

  /** Name in options and tables. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes the workload with its data. */
  public Workload make() throws Exception {
    return switch (this) {
      case H2 -> new H2Sql();
      case LUCENE -> new LuceneSearch();
      case JACKSON -> new JacksonJson();
      case JAVAC -> new JavacCompile();
      case COLLECTIONS -> new CollectionChurn();
      case BOXING -> new BoxingMix();
      case REFLECTION -> new ReflectionCalls();
      case REMOVED -> new RemovedObjects();
      case RETAINED -> new RetainedObjects();
    };
  }

  /** Operations before the measured ones. */
  public int warmUpOperations(boolean inShort) {
    return inShort ? Math.max(1, warmUpOperations / SHORT_DIVISOR) : warmUpOperations;
  }

  /** Operations that are measured. */
  public int measuredOperations(boolean inShort) {
    return inShort ? Math.max(1, measuredOperations / SHORT_DIVISOR) : measuredOperations;
  }
}
