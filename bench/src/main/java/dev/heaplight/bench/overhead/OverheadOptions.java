package dev.heaplight.bench.overhead;

import dev.heaplight.bench.workload.WorkloadKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * What to run.
 *
 * @param rounds how often each pair of workload and variant runs
 * @param workloads in this order
 * @param variants in this order, the bare one first
 * @param jdk home of the workers' JDK
 * @param inShort an eighth of the operations
 * @param together all variants of a round at the same time on one core
 */
record OverheadOptions(
    int rounds,
    List<WorkloadKind> workloads,
    List<Variant> variants,
    Path jdk,
    boolean inShort,
    boolean together) {
  static final String USAGE =
      "usage: bench/overhead [--rounds N] [--workloads a,b] [--variants a,b] [--jdk PATH]"
          + " [--short] [--one-by-one]";

  private static final int DEFAULT_ROUNDS = 5;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says how
   */
  static OverheadOptions parse(String[] arguments) {
    boolean inShort = Arrays.asList(arguments).contains("--short");
    int rounds = inShort ? 1 : DEFAULT_ROUNDS;
    List<String> workloads =
        inShort
            ? List.of("h2", "jackson")
            : Arrays.stream(WorkloadKind.values()).map(WorkloadKind::title).toList();
    List<String> variants =
        inShort
            ? List.of(Variant.BARE, "attached", "exact", "sampled", "async-512k")
            : Variant.DEFAULTS;
    String jdk = System.getProperty("java.home");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--short", "--one-by-one" -> {}
        case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
        case "--workloads" -> workloads = List.of(value(arguments, ++i).split(","));
        case "--variants" -> variants = List.of(value(arguments, ++i).split(","));
        case "--jdk" -> jdk = value(arguments, ++i);
        default -> throw new IllegalArgumentException("unknown option: actual=" + arguments[i]);
      }
    }
    if (!variants.get(0).equals(Variant.BARE)) {
      throw new IllegalArgumentException(
          "first variant: actual=" + variants.get(0) + ", expected=bare");
    }
    if (new HashSet<>(variants).size() < variants.size()) {
      throw new IllegalArgumentException("a variant comes twice: actual=" + variants);
    }
    return new OverheadOptions(
        rounds,
        workloads.stream().map(WorkloadKind::of).toList(),
        variants.stream().map(Variant::of).toList(),
        Path.of(jdk),
        inShort,
        SharedCore.isSupported() && !Arrays.asList(arguments).contains("--one-by-one"));
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException("missing value: option=" + arguments[index - 1]);
    }
    return arguments[index];
  }
}
