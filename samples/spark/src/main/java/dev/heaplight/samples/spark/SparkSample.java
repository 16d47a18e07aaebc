package dev.heaplight.samples.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * A job of two stages: {@code SparkSample [TASKS [KILOBYTES]]}. Each task of the first allocates so
 * much, a kilobyte at a time; the second sums up by key.
 */
public final class SparkSample {
  private static final int TASKS = 20;
  private static final int KILOBYTES = 10_000;
  private static final int KEYS = 10;
  private static final int SECOND_TASKS = 4;

  private SparkSample() {}

  /** Runs it; ends with 1 if the job fails. */
  @SuppressWarnings("SystemOut") // it is a program that prints what came of it
  public static void main(String[] args) {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : TASKS;
    int kilobytes = args.length > 1 ? Integer.parseInt(args[1]) : KILOBYTES;
    boolean failed = false;
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "sample"))) {
      spark.sc().setJobDescription("allocate by key");
      try {
        System.out.println("sum: " + sum(spark, tasks, kilobytes));
      } catch (RuntimeException e) {
        failed = true;
        System.out.println("failed: " + e.getMessage());
      } catch (SparkException e) {
        failed = true;
        System.out.println("failed: " + e.getMessage());
      }
    }
    if (failed) {
      System.exit(1);
    }
  }

  private static long sum(JavaSparkContext spark, int tasks, int kilobytes) throws SparkException {
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    JavaRDD<Integer> each = spark.parallelize(numbers, tasks);
    return each.mapToPair(number -> new Tuple2<>(number % KEYS, Work.allocate(kilobytes)))
        .reduceByKey(Long::sum, SECOND_TASKS)
        .values()
        .reduce(Long::sum);
  }
}
