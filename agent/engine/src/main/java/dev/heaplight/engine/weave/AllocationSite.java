package dev.heaplight.engine.weave;

/**
 * A place in bytecode that allocates.
 *
 * @param className binary name of the class that holds the place
 * @param methodName name of the method
 * @param fileName source file, or an empty string when unknown
 * @param line source line, 0 when unknown
 * @param fixedClass whether every object allocated there is of the same class, and so of one size
 */
public record AllocationSite(
    String className, String methodName, String fileName, int line, boolean fixedClass) {}
