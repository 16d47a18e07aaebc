package dev.heaplight.cli;

import dev.heaplight.viewer.export.Dhat;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes for DHAT's viewer. */
@Command(
    name = "dhat",
    description = {
      "Writes a file for DHAT's viewer and the Firefox Profiler.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DhatCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError, IOException {
    output.writeText(spec, view, "dhat", "dhat.json", Dhat::write);
    return 0;
  }
}
