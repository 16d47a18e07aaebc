package dev.heaplight.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output that remembers why it could not be written to.
 *
 * <p>A reader that has seen enough, {@code head} for instance, closes the pipe. That is no error to
 * report: the command ends as one does that the signal of a closed pipe ends.
 */
final class StandardOutput extends OutputStream {
  /** Exit code of a process that ended by SIGPIPE, as shells give it. */
  static final int CLOSED_PIPE = 141;

  private static volatile boolean pipeClosed;

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  /** Whether what was written last went into a pipe that nobody reads any more. */
  static boolean isPipeClosed() {
    return pipeClosed;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      pipeClosed = "Broken pipe".equals(e.getMessage()) || isPipe();
      throw e;
    }
  }

  /** The message follows the user's language; what is written to tells the same on Linux. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
