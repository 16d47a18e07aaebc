package dev.heaplight.cli;

import picocli.CommandLine.Command;

/** Groups the formats of other tools, which {@link Verbs} adds. */
@Command(
    name = "transform",
    description = "Writes a recording in the format of another tool.",
    synopsisSubcommandLabel = "FORMAT",
    commandListHeading = "%nFormats:%n")
final class TransformCommand {}
