package dev.heaplight.cli;

import picocli.CommandLine.Command;

/** Groups the formats of other tools. */
@Command(
    name = "transform",
    description = "Writes a recording in the format of another tool.",
    synopsisSubcommandLabel = "FORMAT",
    commandListHeading = "%nFormats:%n",
    subcommands = {
      PprofCommand.class,
      SpeedscopeCommand.class,
      CollapsedCommand.class,
      DhatCommand.class,
      CsvCommand.class,
      JsonCommand.class
    })
final class TransformCommand {}
