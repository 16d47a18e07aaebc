package dev.heaplight.cli;

import dev.heaplight.viewer.input.InputFiles;
import dev.heaplight.viewer.input.ModelReader;
import dev.heaplight.viewer.model.ModelJoiner;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The recordings a verb reads. */
@SuppressWarnings("NullAway.Init") // picocli sets the field or refuses the command line
final class RecordingInputs {
  /** Receives one recording after the other. */
  interface Sink {
    void accept(RecordingModel model) throws UserError;
  }

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "A recording, or a directory of them; several are added up.")
  private List<Path> paths;

  RecordingInputs() {}

  /** Inputs that do not come from this mixin's own parameters. */
  RecordingInputs(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /** What the user gave. */
  List<Path> paths() {
    return paths;
  }

  /** What reports are named after and put beside: the file or directory; of several, the first. */
  Path place() {
    return paths.get(0);
  }

  /** All recordings as one. */
  RecordingModel read(TimeWindow window, PrintWriter err) throws UserError {
    ModelJoiner joiner = new ModelJoiner();
    forEach(window, err, joiner::add);
    return joiner.model(place());
  }

  /**
   * Reads one recording after the other; at least one, or it fails. A file that was named must be
   * readable; one that was found in a directory is passed over with a note.
   */
  void forEach(TimeWindow window, PrintWriter err, Sink sink) throws UserError {
    int read = 0;
    for (Path path : paths) {
      boolean named = !Files.isDirectory(path);
      List<Path> files = named ? List.of(path) : found(path);
      ReadProgress progress = new ReadProgress(files.size(), err);
      for (Path file : files) {
        progress.next();
        RecordingModel model = named ? read(file, window) : readOrPass(file, window, err);
        if (model != null) {
          note(model, err);
          sink.accept(model);
          read++;
        }
      }
      progress.end();
    }
    if (read == 0) {
      throw new UserError(
          "cannot read " + place(),
          "it holds no readable recording",
          "give a .heaplight file, a .jfr file or a directory with some");
    }
  }

  private static List<Path> found(Path directory) throws UserError {
    try {
      return InputFiles.of(List.of(directory));
    } catch (IOException e) {
      throw ReadErrors.of(directory, e);
    }
  }

  private static @Nullable RecordingModel readOrPass(
      Path file, TimeWindow window, PrintWriter err) {
    try {
      return read(file, window);
    } catch (UserError e) {
      err.println("note: passed over: " + e.getMessage());
      return null;
    }
  }

  private static RecordingModel read(Path file, TimeWindow window) throws UserError {
    try {
      return ModelReader.read(file, window);
    } catch (IOException e) {
      throw ReadErrors.of(file, e);
    }
  }

  private static void note(RecordingModel model, PrintWriter err) {
    if (!model.complete()) {
      err.println(
          "note: "
              + model.file()
              + " did not end cleanly: the worker still runs or was killed;"
              + " at most the last flush is missing");
    } else if (model.outcome().truncatedBytes() > 0) {
      err.println(
          "note: "
              + model.file()
              + " is complete, but what was added after the scope's end is cut short");
    }
  }
}
