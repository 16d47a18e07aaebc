/**
 * Why a worker ended.
 *
 * <p>Purpose: weighs what a session, the kernel and the JVM left behind, and names no cause that
 * the evidence does not bear out. Callers: the command line, and what supervises workers. Threads:
 * any, one at a time. Class loader: an ordinary library; the agent does not use it.
 */
@NullMarked
package dev.heaplight.monitor.forensics;

import org.jspecify.annotations.NullMarked;
