/**
 * Workers in a small memory cgroup, one of them a hog: does a guard act before the kernel does?
 *
 * <p>Purpose: runs the set-up many times and measures it from outside of the cgroup. Callers: the
 * program {@code HogGuard}. Threads: each class says. Nothing here puts the machine itself under
 * pressure.
 */
@NullMarked
package dev.heaplight.bench.hog;

import org.jspecify.annotations.NullMarked;
