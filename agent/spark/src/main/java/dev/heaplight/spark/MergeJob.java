package dev.heaplight.spark;

import dev.heaplight.viewer.rollup.RollUp;
import dev.heaplight.viewer.rollup.RollUpOrder;
import dev.heaplight.viewer.rollup.RollUpReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Sums recordings up as {@code heaplight merge --json} does, on a cluster: {@code MergeJob OUTPUT
 * INPUT...}, where inputs are recordings, directories or patterns on any Hadoop file system.
 *
 * <p>Each task reads some of the files; sums are joined in a tree. The result does not depend on
 * how the files are divided.
 */
public final class MergeJob {
  private static final int TASKS_PER_CORE = 4;
  private static final String USAGE = "usage: MergeJob OUTPUT INPUT...";

  private MergeJob() {}

  /** Runs the job; ends with 1 and one line if that is not possible. */
  @SuppressWarnings("SystemOut") // what a job prints is its driver's output
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "heaplight merge"))) {
      run(spark, args[0], Arrays.asList(args).subList(1, args.length));
      System.out.println("Wrote " + args[0]);
    } catch (IOException | UnreadableRecording e) {
      System.err.println("heaplight: cannot merge: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Sums up and writes the result.
   *
   * @throws IOException if an input is not there, a recording cannot be read, or the output cannot
   *     be written
   */
  static void run(JavaSparkContext spark, String output, List<String> inputs) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    List<String> files = RecordingList.of(hadoop, inputs);
    int tasks = Math.max(1, Math.min(files.size(), spark.defaultParallelism() * TASKS_PER_CORE));
    JavaRDD<RollUp> parts = spark.parallelize(files, tasks).mapPartitions(MergeJob::sumUp);
    RollUp all;
    try {
      all = parts.treeReduce(MergeJob::joined);
    } catch (Exception e) { // Scala code throws checked ones that it does not declare
      UnreadableRecording unreadable = UnreadableRecording.in(e);
      if (unreadable != null) {
        throw unreadable;
      }
      throw e;
    }
    StringBuilder text = new StringBuilder();
    new RollUpReport(all, RollUpOrder.TOTAL).writeJson(text);
    Path target = new Path(output);
    FileSystem system = target.getFileSystem(hadoop);
    Path fresh = new Path(target.getParent(), "." + target.getName() + ".new");
    try (OutputStream out = system.create(fresh, true)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    system.delete(target, false);
    if (!system.rename(fresh, target)) {
      throw new IOException("not renamed: from=" + fresh + ", to=" + target);
    }
  }

  private static Iterator<RollUp> sumUp(Iterator<String> files) throws IOException {
    RollUp sum = new RollUp();
    Configuration hadoop = new Configuration();
    while (files.hasNext()) {
      sum.add(RecordingList.outline(hadoop, files.next()));
    }
    List<RollUp> one = new ArrayList<>();
    one.add(sum);
    return one.iterator();
  }

  private static RollUp joined(RollUp left, RollUp right) {
    left.join(right);
    return left;
  }
}
