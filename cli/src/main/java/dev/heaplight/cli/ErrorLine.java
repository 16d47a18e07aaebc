package dev.heaplight.cli;

import dev.heaplight.viewer.text.PlainText;
import java.io.PrintWriter;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** Prints what went wrong as one line and returns the exit code. */
final class ErrorLine {
  private ErrorLine() {}

  static int failure(Throwable failure, boolean verbose, PrintWriter err) {
    err.println("heaplight: " + PlainText.oneLine(message(failure)));
    if (verbose) {
      failure.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }

  private static String message(Throwable failure) {
    if (failure instanceof UserError && failure.getMessage() != null) {
      return failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory: the recording needs a larger heap;"
          + " set HEAPLIGHT_JAVA_OPTS=-Xmx4g and run it again";
    }
    return "internal error: " + failure + "; run it again with --verbose and report the output";
  }

  static int usage(ParameterException exception, PrintWriter err) {
    String message = String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    err.println("heaplight: " + PlainText.oneLine(message));
    String verb = exception.getCommandLine().getCommandSpec().qualifiedName();
    err.println("Run '" + verb + " --help' for its options.");
    return ExitCode.USAGE;
  }
}
