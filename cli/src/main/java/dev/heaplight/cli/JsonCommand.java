package dev.heaplight.cli;

import dev.heaplight.viewer.export.RowsJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes JSON. */
@Command(
    name = "json",
    description = {
      "Writes one JSON object: every metric by stack, class and thread.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class JsonCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError, IOException {
    output.writeText(spec, view, "json", "json", RowsJson::write);
    return 0;
  }
}
