package dev.heaplight.spark;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings finished recordings to the driver, one part after the other: the next is sent when the
 * last was taken in. Where the driver does not keep up, tasks wait before their next attempt. A
 * recording that cannot be brought stays where it is.
 */
final class Shipper extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
  private static final int QUEUED = 256;
  private static final int PART_BYTES = 512 << 10;
  private static final int ATTEMPTS = 3;
  private static final long LONGEST_WAIT_SECONDS = 30;
  private static final long LAST_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 20;
  private static final long LONGEST_END_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BlockingQueue<Path> waiting = new ArrayBlockingQueue<>(QUEUED);
  private final PluginContext context;
  private final LocalRecordings local;
  private final Counter brought = new Counter();
  private final Counter left = new Counter();
  private volatile boolean ending;

  Shipper(PluginContext context, LocalRecordings local) {
    super("heaplight-shipper");
    this.context = context;
    this.local = local;
    setDaemon(true);
    context.metricRegistry().register("recordingsBrought", brought);
    context.metricRegistry().register("recordingsLeft", left);
    context.metricRegistry().register("recordingsWaiting", (Gauge<Integer>) waiting::size);
  }

  /** Brings a recording when it is its turn; waits while too many are before it. */
  void add(Path file) {
    try {
      if (!waiting.offer(file, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        left.inc();
        LOG.warn("heaplight: recording stays here, the driver does not keep up: {}", file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the task is being killed
      if (!waiting.offer(file)) {
        left.inc();
      }
    }
  }

  /** Brings what waits, and ends. */
  void end() {
    ending = true;
    try {
      join(LAST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    local.end();
  }

  @Override
  public void run() {
    try {
      while (!ending || !waiting.isEmpty()) {
        Path file = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (file != null) {
          bring(file);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("heaplight: interrupted, recordings stay here");
    }
  }

  private void bring(Path file) throws InterruptedException {
    awaitEnd(file);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        if (send(file)) {
          LocalRecordings.forget(file);
          brought.inc();
          return;
        }
      } catch (Exception e) { // whatever the driver's side throws comes out of ask
        LOG.debug("heaplight: recording not brought, attempt {}: {}", attempt, file, e);
      }
    }
    left.inc();
    LOG.warn("heaplight: recording stays here, the driver did not take it: {}", file);
  }

  /** A sampled scope ends a moment after its close, when its last samples have been read. */
  private static void awaitEnd(Path file) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + LONGEST_END_NANOS;
    while (!hasEnded(file) && System.nanoTime() < deadlineNanos) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static boolean hasEnded(Path file) {
    try {
      return RecordingReader.skim(file, new RecordingVisitor() {}).complete();
    } catch (IOException e) {
      return true; // whoever reads it at the driver will say what is wrong
    }
  }

  private boolean send(Path file) throws Exception {
    String name = String.valueOf(file.getFileName());
    long offset = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = in.readNBytes(PART_BYTES);
      while (true) {
        byte[] next = in.readNBytes(PART_BYTES);
        boolean last = next.length == 0;
        Object taken =
            context.ask(new RecordingPart(context.executorID(), name, offset, part, last));
        if (!Boolean.TRUE.equals(taken)) {
          return false;
        }
        if (last) {
          return true;
        }
        offset += part.length;
        part = next;
      }
    } catch (IOException e) {
      LOG.debug("heaplight: not readable: {}", file, e);
      return false;
    }
  }
}
