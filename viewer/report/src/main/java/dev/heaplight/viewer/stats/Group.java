package dev.heaplight.viewer.stats;

/**
 * One of what a recording's bytes are ranked by.
 *
 * @param name frame, class, package or thread
 * @param className the allocated class of a site; otherwise empty
 * @param bytes bytes of the metric asked for
 * @param objects objects of the metric asked for
 */
public record Group(String name, String className, long bytes, long objects) {}
