package dev.heaplight.bench.hog;

import java.nio.file.Path;

/**
 * How a run is set up.
 *
 * @param java the JVM's launcher
 * @param classPath of the workers
 * @param agent Heaplight's agent
 * @param launcher {@code bin/heaplight}
 * @param limitBytes limit of the group
 * @param bytesPerSecond growth of the hog, 0 for as fast as it can
 * @param guard who is to act: {@code workers}, {@code monitor}, {@code none}
 * @param agentOptions further options of the agent, may be empty
 * @param hogOptions options of the hog's JVM
 */
public record HogSetup(
    Path java,
    String classPath,
    Path agent,
    Path launcher,
    long limitBytes,
    double bytesPerSecond,
    String guard,
    String agentOptions,
    String hogOptions) {

  /** Use at which the guard is to act. */
  long triggerBytes() {
    return limitBytes / 100 * 95;
  }
}
