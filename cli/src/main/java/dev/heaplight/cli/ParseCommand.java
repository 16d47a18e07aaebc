package dev.heaplight.cli;

import dev.heaplight.format.RecordingLayout;
import dev.heaplight.viewer.input.InputFiles;
import dev.heaplight.viewer.records.RecordText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints recordings record by record. */
@Command(
    name = "parse",
    description = {
      "Prints a .heaplight recording as text: a line for each record, in the file's order.",
      "Of a damaged file, what comes before the damage is printed."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ParseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RecordingInputs inputs;

  @Option(
      names = "--numbers",
      description = "Name classes, threads and stacks by number, after lines that define them.")
  private boolean numbers;

  @Override
  public Integer call() throws UserError {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int exitCode = 0;
    for (Path file : files()) {
      try {
        RecordText.write(file, numbers, out);
      } catch (IOException e) {
        UserError error = ReadErrors.of(file, e);
        if (inputs.paths().contains(file) || out.checkError()) {
          throw error;
        }
        err.println("heaplight: " + error.getMessage());
        exitCode = 1;
      } finally {
        out.flush();
      }
    }
    return exitCode;
  }

  /** Files that were named, whatever they are, and the recordings of directories. */
  private List<Path> files() throws UserError {
    List<Path> files = new ArrayList<>();
    for (Path path : inputs.paths()) {
      try {
        InputFiles.of(List.of(path)).stream()
            .filter(file -> file.equals(path) || isRecording(file))
            .forEach(files::add);
      } catch (IOException e) {
        throw ReadErrors.of(path, e);
      }
    }
    if (files.isEmpty()) {
      throw new UserError(
          "cannot read " + inputs.place(),
          "it holds no recording",
          "give a .heaplight file or a directory with some");
    }
    return files;
  }

  private static boolean isRecording(Path file) {
    return file.toString().endsWith(RecordingLayout.FILE_EXTENSION);
  }
}
