package dev.heaplight.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK on this machine. */
record Jdk(int version, Path home) {
  private static final int OLDEST = 17;
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  /** The one that runs the tests, and one of each other version from 17 up. */
  static List<Jdk> all() throws IOException {
    TreeMap<Integer, Jdk> found = new TreeMap<>();
    Path base = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(base)) {
      try (Stream<Path> homes = Files.list(base)) {
        for (Path home : homes.sorted().toList()) {
          Path release = home.resolve("release");
          Matcher matcher =
              VERSION.matcher(Files.isRegularFile(release) ? Files.readString(release) : "");
          if (matcher.find() && Files.isExecutable(home.resolve("bin/javac"))) {
            int version = Integer.parseInt(matcher.group(1));
            if (version >= OLDEST) {
              found.putIfAbsent(version, new Jdk(version, home));
            }
          }
        }
      }
    }
    found.put(running().version(), running());
    return new ArrayList<>(found.values());
  }

  static Jdk running() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
