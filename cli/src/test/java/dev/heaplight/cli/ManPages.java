package dev.heaplight.cli;

import java.io.File;
import java.io.IOException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes the manual's pages as AsciiDoc, one for each verb, from what the commands say of
 * themselves.
 */
public final class ManPages {
  private ManPages() {}

  /** Takes the directory to write to. */
  public static void main(String[] arguments) throws IOException {
    int failed = write(new File(arguments[0]));
    if (failed != 0) {
      throw new IOException("manual not written: code=" + failed);
    }
  }

  static int write(File directory) throws IOException {
    CommandSpec root = Heaplight.commandLine().getCommandSpec();
    return ManPageGenerator.generateManPage(directory, null, new boolean[0], true, withAll(root));
  }

  private static CommandSpec[] withAll(CommandSpec root) {
    return Stream.concat(
            Stream.of(root),
            root.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .flatMap(
                    verb ->
                        Stream.concat(
                            Stream.of(verb),
                            verb.subcommands().values().stream().map(CommandLine::getCommandSpec))))
        .toArray(CommandSpec[]::new);
  }
}
