package dev.heaplight.viewer.stats;

/**
 * An allocation site: one class allocated at one line, or one kind of memory taken there.
 *
 * @param frame innermost frame as in a stack trace, {@code com.acme.Job.run(Job.java:42)}
 * @param className the allocated class, or the kind of memory
 * @param bytes bytes of the metric asked for
 * @param objects objects of the metric asked for
 */
public record Site(String frame, String className, long bytes, long objects) {}
