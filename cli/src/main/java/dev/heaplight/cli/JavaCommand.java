package dev.heaplight.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line that starts a JVM, checked as far as that is cheap. */
final class JavaCommand {
  private static final int OLDEST = 17;
  private static final String TEMPORARY = "-Djava.io.tmpdir=";
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  private final List<String> words;

  private JavaCommand(List<String> words) {
    this.words = words;
  }

  /**
   * Checks a command.
   *
   * @param words the executable and its arguments, at least one
   * @param searchPath directories as in the variable {@code PATH}
   */
  static JavaCommand of(List<String> words, String searchPath) throws UserError {
    String program = words.get(0);
    String what = "cannot run " + program;
    Path executable = find(program, searchPath, what);
    if (!isLauncher(executable)) {
      throw new UserError(
          what,
          "it is not java",
          "give the java command, or set JAVA_TOOL_OPTIONS="
              + "-javaagent:$(heaplight path agent)=track=process for it");
    }
    for (String word : words) {
      if (word.startsWith("-javaagent:") && word.contains("heaplight-agent")) {
        throw new UserError(what, "it has " + word + " already", "leave that out");
      }
    }
    int version = version(executable);
    if (version != 0 && version < OLDEST) {
      throw new UserError(
          what, "it is Java " + version, "use a JDK or JRE of version " + OLDEST + " or newer");
    }
    return new JavaCommand(words);
  }

  /** The command with an agent, before all other arguments. */
  List<String> withAgent(Path jar, String options) {
    List<String> command = new ArrayList<>(words);
    command.add(1, "-javaagent:" + jar + "=" + options);
    return command;
  }

  /** The directory for temporary files that the command gives its JVM, or the usual one. */
  Path temporaryDirectory() {
    String directory = System.getProperty("java.io.tmpdir", "/tmp");
    for (String word : words) {
      if (word.startsWith(TEMPORARY)) {
        directory = word.substring(TEMPORARY.length());
      }
    }
    return Path.of(directory);
  }

  private static Path find(String program, String searchPath, String what) throws UserError {
    try {
      if (program.contains("/") || program.contains(File.separator)) {
        return checked(Path.of(program), what);
      }
      for (String directory : searchPath.split(File.pathSeparator, -1)) {
        Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    } catch (InvalidPathException e) {
      throw new UserError(what, "that is no path", "check the command behind --", e);
    }
    throw new UserError(what, "no such program in PATH", "check the command behind --");
  }

  private static Path checked(Path file, String what) throws UserError {
    if (!Files.exists(file)) {
      throw new UserError(what, "no such file", "check the command behind --");
    }
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      throw new UserError(what, "it is not executable", "check the command behind --");
    }
    return file;
  }

  private static boolean isLauncher(Path executable) {
    String name = String.valueOf(executable.getFileName());
    String plain = name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    return plain.equals("java") || plain.equals("javaw");
  }

  /** From the file that every JDK has beside its executables; 0 if that does not tell. */
  private static int version(Path executable) {
    try {
      Path release = executable.toRealPath().resolveSibling("../release");
      if (Files.isReadable(release)) {
        Matcher matcher = VERSION.matcher(Files.readString(release));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
