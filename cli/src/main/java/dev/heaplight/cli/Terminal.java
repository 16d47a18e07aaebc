package dev.heaplight.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody watches. */
final class Terminal {
  /** The standard streams that are terminals, by their numbers: 012. Set by the launcher. */
  private static final @Nullable String STREAMS = System.getProperty("heaplight.terminal");

  private Terminal() {}

  /** Whether both standard input and standard output are a terminal. */
  static boolean isInteractive() {
    return STREAMS == null ? hasConsole() : STREAMS.contains("01");
  }

  /** Whether standard error is a terminal. */
  static boolean showsErrors() {
    return STREAMS == null ? hasConsole() : STREAMS.endsWith("2");
  }

  /** Whether standard output is a terminal. */
  static boolean showsOutput() {
    return STREAMS == null ? hasConsole() : STREAMS.contains("1");
  }

  @SuppressWarnings("SystemConsoleNull") // null on 17; from 22 on the console itself tells
  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
