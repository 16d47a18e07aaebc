package dev.heaplight.viewer.stats;

/**
 * An allocation site: one class allocated at one line.
 *
 * @param frame innermost frame as in a stack trace, {@code com.acme.Job.run(Job.java:42)}
 * @param className the allocated class
 * @param bytes bytes allocated there
 * @param objects objects allocated there
 */
public record Site(String frame, String className, long bytes, long objects) {}
