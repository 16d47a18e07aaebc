package dev.heaplight.agent;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A JDK to run workers on: the one that runs the tests, and newer ones found on this machine. */
record Jdk(int version, Path home) {
  private static final int OLDEST = 17;

  /** One JDK of each version from 17 up. */
  static List<Jdk> all() {
    TreeMap<Integer, Jdk> found = new TreeMap<>();
    Jdk running = new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    for (Path home : installed()) {
      Path release = home.resolve("release");
      if (Files.isRegularFile(release) && Files.isExecutable(home.resolve("bin/javac"))) {
        int version = version(release);
        if (version >= OLDEST) {
          found.putIfAbsent(version, new Jdk(version, home));
        }
      }
    }
    found.put(running.version(), running);
    return new ArrayList<>(found.values());
  }

  String java() {
    return home + File.separator + "bin" + File.separator + "java";
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }

  private static List<Path> installed() {
    Path base = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(base)) {
      return homes.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int version(Path release) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(release)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
    int dot = version.indexOf('.');
    return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
  }
}
