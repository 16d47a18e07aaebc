package dev.heaplight.engine.weave;

import org.jspecify.annotations.Nullable;

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
    String className, String methodName, String fileName, int line, boolean fixedClass) {

  // By hand: a record's own methods link themselves at their first call, for 50 ms before main.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AllocationSite site
        && line == site.line
        && fixedClass == site.fixedClass
        && methodName.equals(site.methodName)
        && className.equals(site.className)
        && fileName.equals(site.fileName);
  }

  @Override
  public int hashCode() {
    return (className.hashCode() * 31 + methodName.hashCode()) * 31
        + line * 2
        + (fixedClass ? 1 : 0);
  }
}
