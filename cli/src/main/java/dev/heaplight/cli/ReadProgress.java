package dev.heaplight.cli;

import java.io.PrintWriter;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Says how far reading has come, where standard error is a terminal and it takes more than a
 * second. A timer keeps the line up to date during a large file.
 */
final class ReadProgress implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 1_000;
  private static final long PERIOD_MILLIS = 250;
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final int files;
  private final PrintWriter err;
  private final long startNanos = System.nanoTime();
  private final Timer timer = new Timer("progress", true);
  private int begun;
  private boolean reading;
  private boolean shown;

  ReadProgress(int files, PrintWriter err) {
    this.files = files;
    this.err = err;
    if (Terminal.showsErrors()) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              show();
            }
          },
          PATIENCE_MILLIS,
          PERIOD_MILLIS);
    }
  }

  /** Another file is being read. */
  synchronized void next() {
    begun++;
    reading = true;
  }

  /** The file is read; whoever uses it may write lines of its own. */
  synchronized void read() {
    reading = false;
    clear();
  }

  private synchronized void show() {
    if (reading) {
      long seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
      err.print(CLEAR_LINE + "reading " + begun + " of " + files + ", " + seconds + " s");
      err.flush();
      shown = true;
    }
  }

  private void clear() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
      shown = false;
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    timer.cancel();
    read();
  }
}
