/**
 * Rewrites bytecode so that every allocation calls the hook.
 *
 * <p>Purpose: weave application and JDK classes, as they load and, for those loaded before, by
 * retransformation; keep the table of allocation sites. Callers: the engine at start-up and the JVM
 * as classes load. Threads: any thread that loads a class. Class loader: the engine's own.
 */
@NullMarked
package dev.heaplight.engine.weave;

import org.jspecify.annotations.NullMarked;
