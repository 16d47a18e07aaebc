package dev.heaplight.cli;

import dev.heaplight.viewer.export.Pprof;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes for pprof. */
@Command(
    name = "pprof",
    description = {
      "Writes a profile for pprof: every metric of the recording as a sample type.",
      "What was allocated is alloc_space and alloc_objects, what survived inuse_space.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PprofCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError {
    output.writeBytes(spec, view, "pprof", "pb.gz", Pprof::write);
    return 0;
  }
}
