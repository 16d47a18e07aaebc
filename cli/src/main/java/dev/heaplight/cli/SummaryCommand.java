package dev.heaplight.cli;

import dev.heaplight.viewer.calls.FunctionTable.Order;
import dev.heaplight.viewer.calls.FunctionText;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what each function allocated. */
@Command(
    name = "summary",
    description = {
      "Prints what each function allocated itself, and with all that it called.",
      "A function that calls itself counts once."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SummaryCommand implements Callable<Integer> {
  /** Orders by the names users type, which is why they are in small letters. */
  enum Sort {
    own,
    total,
    objects
  }

  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;

  @Option(
      names = "--sort",
      paramLabel = "own|total|objects",
      defaultValue = "own",
      description = {
        "Sort by bytes of the function itself, by those of all it called as well, or by its",
        "objects. Default: ${DEFAULT-VALUE}."
      })
  private Sort sort;

  @Mixin private TopOption top;

  @Option(names = "--exact", description = "Bytes as whole numbers.")
  private boolean exact;

  @Override
  public Integer call() throws UserError, IOException {
    int listed = top.orElse(FunctionText.TOP);
    FunctionText.write(
        view.read(spec.commandLine().getErr()),
        Order.valueOf(sort.name().toUpperCase(Locale.ROOT)),
        listed,
        exact,
        spec.commandLine().getOut());
    return 0;
  }
}
