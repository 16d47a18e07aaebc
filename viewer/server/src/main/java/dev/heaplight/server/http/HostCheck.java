package dev.heaplight.server.http;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which names this server answers to. A page of another site could point a name of its own at this
 * machine and then read answers as if they were its own (DNS rebinding); an address cannot be
 * pointed anywhere. Immutable.
 */
final class HostCheck {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]{2,45}(?:%[\\w.-]+)?]");

  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /** Answers to addresses, {@code localhost} and these names. */
  HostCheck(Set<String> names) {
    this.names.addAll(names);
    this.names.add("localhost");
  }

  /** Whether a {@code Host} header, with or without a port, names this server. */
  boolean allows(String header) {
    String name = header.strip().replaceFirst(":\\d{1,5}$", "");
    return ADDRESS.matcher(name).matches() || names.contains(name);
  }
}
