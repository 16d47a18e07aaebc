package dev.heaplight.cli;

import dev.heaplight.viewer.input.InputFiles;
import dev.heaplight.viewer.model.ModelJoiner;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import dev.heaplight.viewer.rollup.Outline;
import dev.heaplight.viewer.rollup.OutlineReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Parameters;

/** The recordings a verb reads. */
@SuppressWarnings("NullAway.Init") // picocli sets the field or refuses the command line
final class RecordingInputs {
  /** Receives one recording after the other. */
  interface Sink {
    void accept(RecordingModel model) throws UserError;
  }

  /** Receives one outline after the other. */
  interface OutlineSink {
    void accept(Outline outline) throws UserError;
  }

  /** Decides what becomes of a file that cannot be read. */
  interface Unreadable {
    void accept(Path file, boolean named, UserError error) throws UserError;
  }

  /** Reads a file. */
  private interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /** Receives what was read. */
  private interface Receiver<T> {
    void accept(T read) throws UserError;
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
    if (each(models(window), noting(err, sink), passingOver(err), err) == 0) {
      throw nothingReadable();
    }
  }

  /**
   * The same, but {@code unreadable} hears of each file that cannot be read, named or found.
   *
   * @return how many were read
   */
  int forEach(TimeWindow window, PrintWriter err, Sink sink, Unreadable unreadable)
      throws UserError {
    return each(models(window), noting(err, sink), unreadable, err);
  }

  /** The same for outlines, of which there may be very many: without a note on each. */
  void forEachOutline(PrintWriter err, OutlineSink sink) throws UserError {
    if (each(OutlineReader::read, sink::accept, passingOver(err), err) == 0) {
      throw nothingReadable();
    }
  }

  private static Reader<RecordingModel> models(TimeWindow window) {
    return file -> ReadAhead.read(file, window);
  }

  private static Receiver<RecordingModel> noting(PrintWriter err, Sink sink) {
    return model -> {
      note(model, err);
      sink.accept(model);
    };
  }

  private static Unreadable passingOver(PrintWriter err) {
    return (file, named, error) -> {
      if (named) {
        throw error;
      }
      err.println("note: passed over: " + error.getMessage());
    };
  }

  UserError nothingReadable() {
    return new UserError(
        "cannot read " + place(),
        "it holds no readable recording",
        "give a .heaplight file, a .jfr file or a directory with some");
  }

  private <T> int each(
      Reader<T> reader, Receiver<T> receiver, Unreadable unreadable, PrintWriter err)
      throws UserError {
    int read = 0;
    Map<Path, Boolean> files = files(err);
    try (ReadProgress progress = new ReadProgress(files.size(), err)) {
      for (Map.Entry<Path, Boolean> file : files.entrySet()) {
        progress.next();
        T model;
        try {
          model = reader.read(file.getKey());
        } catch (IOException e) {
          progress.read();
          unreadable.accept(file.getKey(), file.getValue(), ReadErrors.of(file.getKey(), e));
          continue;
        }
        progress.read();
        receiver.accept(model);
        read++;
      }
    }
    return read;
  }

  /** All files in order, each once, and whether it was named. */
  private Map<Path, Boolean> files(PrintWriter err) throws UserError {
    Map<Path, Boolean> files = new LinkedHashMap<>();
    Set<Path> known = new HashSet<>();
    int repeated = 0;
    for (Path path : paths) {
      boolean named = !Files.isDirectory(path);
      for (Path file : named ? List.of(path) : found(path)) {
        if (paths.size() == 1 || known.add(real(file))) {
          files.put(file, named);
        } else {
          repeated++;
        }
      }
    }
    if (repeated > 0) {
      err.println("note: " + repeated + " files were given more than once and are counted once");
    }
    return files;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // reading it will say what is wrong
    }
  }

  private static List<Path> found(Path directory) throws UserError {
    try {
      return InputFiles.of(List.of(directory));
    } catch (IOException e) {
      throw ReadErrors.of(directory, e);
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
