package dev.heaplight.samples.spark;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Counts made-up words again and again: {@code WordCount [ROUNDS [LINES]]}. Prints the time of each
 * round, to be compared with and without the agent.
 */
public final class WordCount {
  private static final int ROUNDS = 5;
  private static final int LINES = 200_000;
  private static final int PARTITIONS = 8;
  private static final int WORDS_PER_LINE = 12;
  private static final int VOCABULARY = 50_000;
  private static final double MILLION = 1e6;

  private WordCount() {}

  /** Runs it. */
  @SuppressWarnings("SystemOut") // it is a program that prints figures
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    int lines = args.length > 1 ? Integer.parseInt(args[1]) : LINES;
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "word count"))) {
      for (int round = 1; round <= rounds; round++) {
        long begin = System.nanoTime();
        long words = count(spark, lines);
        double millis = (System.nanoTime() - begin) / MILLION;
        System.out.printf("round %d: %d words, %.0f ms%n", round, words, millis);
      }
    }
  }

  private static long count(JavaSparkContext spark, int lines) {
    List<Integer> seeds = IntStream.range(0, PARTITIONS).boxed().toList();
    return spark
        .parallelize(seeds, PARTITIONS)
        .flatMap(seed -> lines(seed, lines).iterator())
        .flatMap(line -> List.of(line.split(" ")).iterator())
        .mapToPair(word -> new Tuple2<>(word, 1L))
        .reduceByKey(Long::sum)
        .sortByKey()
        .count();
  }

  private static Stream<String> lines(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> line(random)).limit(count);
  }

  private static String line(SplittableRandom random) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < WORDS_PER_LINE; i++) {
      line.append("word").append(random.nextInt(VOCABULARY)).append(' ');
    }
    return line.toString();
  }
}
