package dev.heaplight.cli;

import dev.heaplight.viewer.input.InputFiles;
import dev.heaplight.viewer.model.MetricView;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a verb writes its report. */
final class OutputOptions {
  /** Writes a view as text. */
  interface Text {
    void write(MetricView view, Appendable out) throws IOException;
  }

  /** Writes a view as bytes. */
  interface Bytes {
    void write(MetricView view, OutputStream out) throws IOException;
  }

  private static final int BUFFER_CHARS = 1 << 16;

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

  /**
   * Writes a report as text, to the file asked for or to standard output.
   *
   * @param view what the report is of; read only once it is known that the output can be written
   * @param report name of the report, for the file's
   */
  void writeText(CommandSpec spec, ViewOptions view, String report, String extension, Text text)
      throws UserError, IOException {
    PrintWriter err = spec.commandLine().getErr();
    if (toStandardOutput()) {
      text.write(view.read(err), spec.commandLine().getOut());
      return;
    }
    writeFile(
        spec,
        view,
        report,
        extension,
        (read, stream) -> {
          Writer writer =
              new BufferedWriter(
                  new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER_CHARS);
          text.write(read, writer);
          writer.flush();
        });
  }

  /** Writes a report as bytes, to the file asked for or to standard output. */
  void writeBytes(CommandSpec spec, ViewOptions view, String report, String extension, Bytes bytes)
      throws UserError {
    if (!toStandardOutput()) {
      writeFile(spec, view, report, extension, bytes);
      return;
    }
    if (Terminal.showsOutput()) {
      throw new UserError(
          "cannot write -",
          "a ." + extension + " report is binary and standard output is a terminal",
          "redirect it or give a file name with -o");
    }
    MetricView read = view.read(spec.commandLine().getErr());
    // Not through the command line's writer, which encodes characters.
    try (OutputStream out = new BufferedOutputStream(new StandardOutput())) {
      bytes.write(read, out);
    } catch (IOException e) {
      if (StandardOutput.isPipeClosed()) {
        return;
      }
      throw new UserError(
          "cannot write to standard output",
          "it was closed or is full",
          "write to a file with -o or a redirection",
          e);
    }
  }

  /** Writes a report that is not for standard output, and says where it is. */
  void writeFile(CommandSpec spec, ViewOptions view, String report, String extension, Bytes bytes)
      throws UserError {
    if (toStandardOutput()) {
      throw new UserError(
          "cannot write -",
          "a ." + extension + " report goes to a file",
          "give a file name with -o");
    }
    OutputFile file = file(view.inputs(), view.metric().reportName(report), extension);
    file.check();
    MetricView read = view.read(spec.commandLine().getErr());
    Path written = file.write(stream -> bytes.write(read, stream));
    spec.commandLine().getOut().println("Wrote " + written);
  }

  /** The file to write: {@code heaplight-<report>-<stem>.<extension>} unless one was given. */
  OutputFile file(RecordingInputs inputs, String report, String extension) {
    Path target = output;
    if (target == null) {
      Path place = inputs.place().toAbsolutePath().normalize();
      // A directory given as "." has its name only in its absolute path.
      Path beside =
          inputs.place().getFileName() == null || inputs.place().endsWith(".")
              ? place
              : inputs.place();
      target = beside.resolveSibling("heaplight-" + report + "-" + stem(place) + "." + extension);
    }
    return new OutputFile(target, inputs.paths(), force);
  }

  private static String stem(Path place) {
    Path name = place.getFileName();
    String text = name == null ? "recordings" : name.toString();
    for (String ending : InputFiles.EXTENSIONS) {
      if (text.endsWith(ending)) {
        return text.substring(0, text.length() - ending.length());
      }
    }
    return text;
  }
}
