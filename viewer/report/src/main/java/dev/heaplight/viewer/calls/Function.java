package dev.heaplight.viewer.calls;

/**
 * What one method allocated.
 *
 * @param name class and method, {@code com.acme.Job.run}
 * @param ownBytes bytes it allocated itself
 * @param ownObjects objects it allocated itself
 * @param totalBytes bytes allocated by it and by what it called; recursion counts once
 * @param totalObjects objects of the same
 */
public record Function(
    String name, long ownBytes, long ownObjects, long totalBytes, long totalObjects) {}
