package dev.heaplight.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself; all it does is find its verb. */
@Command(
    name = "heaplight",
    description = "Turns Heaplight recordings into reports.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    footer = {"", "'heaplight help VERB' explains a verb."},
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class)
public final class Heaplight {
  /** Set on the root command by picocli, wherever the option stands on the command line. */
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean verbose;

  private Heaplight() {}

  /** Runs {@code args} and exits with the code that {@code docs/CLI.md} lists. */
  public static void main(String[] args) {
    // UTF-8 whatever the locale: names in a recording are not limited to the terminal's alphabet.
    PrintWriter out = writer(new StandardOutput(), false);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err), true);
    ReadAhead.begin(args);
    int exitCode = run(out, err, args);
    System.exit(StandardOutput.isPipeClosed() ? StandardOutput.CLOSED_PIPE : exitCode);
  }

  private static PrintWriter writer(OutputStream to, boolean flushLines) {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8)), flushLines);
  }

  /** The command with all verbs, for what describes it. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Heaplight());
    Verbs.addAll(commandLine);
    return commandLine;
  }

  /** Runs {@code args} and returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Heaplight heaplight = new Heaplight();
    CommandLine commandLine = new CommandLine(heaplight);
    // The words behind run -- are another program's, to which @users.txt is no file of arguments.
    commandLine.setExpandAtFiles(false);
    Verbs.addFor(commandLine, args);
    commandLine.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(
        (exception, arguments) -> ErrorLine.usage(exception, err));
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> ErrorLine.failure(exception, heaplight.verbose, err));
    int exitCode = execute(commandLine, heaplight, args);
    if (out.checkError() && exitCode == 0 && !StandardOutput.isPipeClosed()) {
      UserError lost =
          new UserError(
              "cannot write to standard output",
              "it was closed or is full",
              "write to a file with -o or a redirection");
      exitCode = ErrorLine.failure(lost, heaplight.verbose, err);
    }
    err.flush();
    return exitCode;
  }

  /** Executes; picocli passes an error such as a lack of memory through its handlers. */
  private static int execute(CommandLine commandLine, Heaplight heaplight, String... args) {
    try {
      return commandLine.execute(args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return ErrorLine.failure(e, heaplight.verbose, commandLine.getErr());
    }
  }
}
