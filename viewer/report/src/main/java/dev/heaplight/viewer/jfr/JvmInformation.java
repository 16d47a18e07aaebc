package dev.heaplight.viewer.jfr;

import java.util.Objects;
import one.jfr.JfrReader;
import one.jfr.event.Event;

/**
 * {@code jdk.JVMInformation}, which both recorders write once for each chunk. Public for the
 * reader, which makes it by reflection.
 */
public final class JvmInformation extends Event {
  static final String NAME = "jdk.JVMInformation";

  private final String jvm;
  private final long pid;

  /** Takes the event's fields from where {@code reader} is. */
  public JvmInformation(JfrReader reader) {
    super(reader.getVarlong(), 0, 0);
    String name = text(reader);
    String version = text(reader);
    text(reader); // arguments of the JVM
    text(reader); // flags
    text(reader); // arguments of the program
    reader.getVarlong(); // start
    pid = reader.getVarlong();
    jvm = (name + " " + shortVersion(name, version)).strip();
  }

  /** The JDK repeats the name, puts the version in brackets and adds how it was built. */
  private static String shortVersion(String name, String version) {
    String prefix = name + " (";
    int end = version.indexOf(')');
    return version.startsWith(prefix) && end > 0
        ? version.substring(prefix.length(), end)
        : version;
  }

  private static String text(JfrReader reader) {
    return Objects.requireNonNullElse(reader.getString(), "");
  }

  String jvm() {
    return jvm;
  }

  long pid() {
    return pid;
  }
}
