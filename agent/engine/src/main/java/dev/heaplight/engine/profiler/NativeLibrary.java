package dev.heaplight.engine.profiler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import one.profiler.AsyncProfiler;
import org.jspecify.annotations.Nullable;

/**
 * Brings async-profiler's library out of the agent's jar into the process.
 *
 * <p>It is written to a directory of its own that only this user may enter, loaded, and deleted
 * again: the process keeps it mapped. The system's directory for temporary files may forbid running
 * code from it; the session's, and the user's own, are tried then.
 */
final class NativeLibrary {
  private static final String FILE = "libasyncProfiler.so";

  private NativeLibrary() {}

  /**
   * Loads the library.
   *
   * @param session a further place to put it, or null
   * @throws IOException with a one-line message that says why it cannot be loaded
   */
  static AsyncProfiler load(@Nullable Path session) throws IOException {
    String platform = platform();
    IOException failure = null;
    for (Path parent : places(session)) {
      try {
        return loadFrom(parent, platform);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    throw failure == null ? new IOException("no directory to put its library in") : failure;
  }

  private static List<Path> places(@Nullable Path session) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    Path home = Path.of(System.getProperty("user.home", "/"));
    return session == null ? List.of(temporary, home) : List.of(temporary, session, home);
  }

  private static AsyncProfiler loadFrom(Path parent, String platform) throws IOException {
    Path directory =
        Files.createTempDirectory(
            parent,
            "heaplight-profiler",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path library = directory.resolve(FILE);
    try {
      extract(platform, library);
      return AsyncProfiler.getInstance(library.toString());
    } catch (UnsatisfiedLinkError e) {
      throw new IOException("its library cannot be loaded: " + oneLine(e), e);
    } finally {
      Files.deleteIfExists(library);
      Files.deleteIfExists(directory);
    }
  }

  private static void extract(String platform, Path library) throws IOException {
    ClassLoader loader = NativeLibrary.class.getClassLoader();
    String resource = platform + '/' + FILE;
    try (InputStream in = loader == null ? null : loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("there is none for " + platform);
      }
      Files.copy(in, library);
    }
  }

  private static String platform() throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return "macos";
    }
    boolean linux = system.contains("linux");
    if (linux && (processor.equals("amd64") || processor.equals("x86_64"))) {
      return "linux-x64";
    }
    if (linux && processor.equals("aarch64")) {
      return "linux-arm64";
    }
    throw new IOException("there is none for " + system + ' ' + processor);
  }

  /** The loader's words without the path, which is gone by now. */
  private static String oneLine(UnsatisfiedLinkError e) {
    String message = String.valueOf(e.getMessage()).replace('\n', ' ');
    int reason = message.lastIndexOf(FILE + ": ");
    return reason < 0 ? message : message.substring(reason + FILE.length() + 2);
  }
}
