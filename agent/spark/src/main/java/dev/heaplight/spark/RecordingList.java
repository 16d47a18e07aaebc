package dev.heaplight.spark;

import dev.heaplight.viewer.rollup.Outline;
import dev.heaplight.viewer.rollup.OutlineReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Recordings on Hadoop file systems. */
final class RecordingList {
  private static final String ENDING = ".heaplight";

  private RecordingList() {}

  /**
   * Addresses of all recordings among inputs: files as they are, and those in and below directories
   * by their ending.
   *
   * @throws IOException if an input matches nothing, or there is no recording at all
   */
  static List<String> of(Configuration hadoop, List<String> inputs) throws IOException {
    List<String> files = new ArrayList<>();
    for (String input : inputs) {
      Path pattern = new Path(input);
      FileSystem system = pattern.getFileSystem(hadoop);
      FileStatus[] found = system.globStatus(pattern);
      if (found == null || found.length == 0) {
        throw new FileNotFoundException(input + ": no such file; check the address");
      }
      for (FileStatus status : found) {
        if (status.isDirectory()) {
          addBelow(system, status.getPath(), files);
        } else {
          files.add(status.getPath().toString());
        }
      }
    }
    if (files.isEmpty()) {
      throw new FileNotFoundException("no recording in " + inputs + "; check the addresses");
    }
    return files;
  }

  /** Not by {@code listFiles}: on a local disk that starts a program for each file's owner. */
  private static void addBelow(FileSystem system, Path directory, List<String> files)
      throws IOException {
    for (FileStatus below : system.listStatus(directory)) {
      Path file = below.getPath();
      if (below.isDirectory()) {
        addBelow(system, file, files);
      } else if (file.getName().endsWith(ENDING) && !file.getName().startsWith(".")) {
        files.add(file.toString());
      }
    }
  }

  /**
   * Reads a recording's outline, by way of a local copy where it is elsewhere.
   *
   * @throws UnreadableRecording if it cannot be read, or is none
   */
  static Outline outline(Configuration hadoop, String address) {
    Path path = new Path(address);
    try {
      if ("file".equals(path.toUri().getScheme())) {
        return OutlineReader.read(java.nio.file.Path.of(path.toUri().getPath()));
      }
      java.nio.file.Path copy = Files.createTempFile("heaplight-", ENDING);
      try {
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
          Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return OutlineReader.read(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UnreadableRecording(address, e);
    }
  }
}
