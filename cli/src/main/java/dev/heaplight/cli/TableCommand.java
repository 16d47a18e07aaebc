package dev.heaplight.cli;

import dev.heaplight.viewer.table.SiteTablePage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a table of allocation sites. */
@Command(
    name = "table",
    description = {
      "Writes a table of allocation sites to sort and filter: one page that opens in any browser "
          + "and asks no host for anything."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TableCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError {
    output.writeFile(spec, view, "table", "html", SiteTablePage::render);
    return 0;
  }
}
