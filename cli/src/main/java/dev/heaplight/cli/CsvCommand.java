package dev.heaplight.cli;

import dev.heaplight.viewer.export.CsvRows;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes comma-separated values. */
@Command(
    name = "csv",
    description = {
      "Writes comma-separated values: one line per stack, class and thread.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CsvCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError, IOException {
    output.writeText(spec, view, "csv", "csv", CsvRows::write);
    return 0;
  }
}
