package dev.heaplight.viewer.text;

import dev.heaplight.format.Frame;

/** Frames as text. */
public final class FrameText {
  /** Stands for the frame of an allocation whose stack is not known. */
  public static final String UNKNOWN_STACK = "[unknown stack]";

  /** Stands for frames that a limit of depth leaves out. */
  public static final String DEEPER = "[deeper frames]";

  private FrameText() {}

  /** A thread where a frame may stand: {@code [thread main]}. */
  public static String thread(String name) {
    return "[thread " + name + "]";
  }

  /**
   * Class and method: {@code com.acme.Job.run}. A function outside of Java, which only recordings
   * of other profilers have, is a class without a method.
   */
  public static String method(Frame frame) {
    return frame.methodName().isEmpty()
        ? frame.className()
        : frame.className() + "." + frame.methodName();
  }

  /** As in a JVM's stack trace: {@code com.acme.Job.run(Job.java:42)}. */
  public static String stackTraceLine(Frame frame) {
    return method(frame) + "(" + position(frame) + ")";
  }

  private static String position(Frame frame) {
    if (frame.line() == Frame.NATIVE_LINE) {
      return "Native Method";
    }
    if (frame.fileName().isEmpty() && frame.line() > Frame.UNKNOWN_LINE) {
      return "line " + frame.line();
    }
    String file = frame.fileName().isEmpty() ? "Unknown Source" : frame.fileName();
    return frame.line() == Frame.UNKNOWN_LINE ? file : file + ":" + frame.line();
  }
}
