package dev.heaplight.cli;

import dev.heaplight.format.RecordingLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a verb writes its report. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "File to write; by default it is put beside the recording.")
  private @Nullable Path output;

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite the file if it exists.")
  private boolean force;

  boolean toStandardOutput() {
    return output != null && output.toString().equals("-");
  }

  /** The file to write: {@code heaplight-<report>-<stem>.<extension>} unless one was given. */
  OutputFile file(Path recording, String report, String extension) {
    Path target = output;
    if (target == null) {
      Path name = recording.getFileName();
      String stem = name == null ? "recording" : name.toString();
      if (stem.endsWith(RecordingLayout.FILE_EXTENSION)) {
        stem = stem.substring(0, stem.length() - RecordingLayout.FILE_EXTENSION.length());
      }
      target = recording.resolveSibling("heaplight-" + report + "-" + stem + "." + extension);
    }
    return new OutputFile(target, recording, force);
  }
}
