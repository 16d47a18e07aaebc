package dev.heaplight.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/**
 * What one command line printed and returned, run in this process.
 *
 * @param exitCode exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    int exitCode = Heaplight.run(new PrintWriter(out), new PrintWriter(err), texts);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
