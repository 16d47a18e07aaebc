/**
 * The JVM that is measured.
 *
 * <p>Purpose: run one workload, warm-up first, inside the scopes a real user would open, and print
 * its figures as one line. Callers: started as a process by {@code overhead}, whose own JVM uses
 * the gate's other side. Threads: all work on the main thread. Class loader: the system's.
 */
@NullMarked
package dev.heaplight.bench.worker;

import org.jspecify.annotations.NullMarked;
