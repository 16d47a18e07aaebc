package dev.heaplight.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Says how far reading has come, on a terminal only and when it takes more than a second. */
final class ReadProgress {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final int files;
  private final PrintWriter err;
  private final boolean terminal = Terminal.isInteractive();
  private final long startNanos = System.nanoTime();
  private int begun;
  private boolean shown;

  ReadProgress(int files, PrintWriter err) {
    this.files = files;
    this.err = err;
  }

  /** Another file is being read. */
  void next() {
    begun++;
    if (terminal && System.nanoTime() - startNanos > PATIENCE_NANOS) {
      err.print(CLEAR_LINE + "reading " + begun + " of " + files);
      err.flush();
      shown = true;
    }
  }

  /** Takes the line away. */
  void end() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
