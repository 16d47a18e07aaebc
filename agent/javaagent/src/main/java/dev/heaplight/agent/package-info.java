/**
 * The agent's entry and its class loader.
 *
 * <p>Purpose: start the engine apart from the application. Callers: the JVM. Threads: main, before
 * the application's main method. Class loader: the system loader, which is why there is no state
 * here and nothing beyond {@code java.io} and {@code java.util.jar}: other parts of the JDK would
 * be initialised before the application can configure them.
 */
@NullMarked
package dev.heaplight.agent;

import org.jspecify.annotations.NullMarked;
