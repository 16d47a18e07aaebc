package dev.heaplight.format;

/**
 * One frame of a stack trace.
 *
 * @param className binary name of the class, for instance {@code java.util.ArrayList}
 * @param methodName name of the method, {@code <init>} for a constructor
 * @param fileName source file, or an empty string when unknown
 * @param line source line; 0 when unknown, -1 in a native method
 */
public record Frame(String className, String methodName, String fileName, int line) {
  /** {@link #line} of a native method's frame. */
  public static final int NATIVE_LINE = -1;

  /** {@link #line} of a frame whose line is not known. */
  public static final int UNKNOWN_LINE = 0;
}
