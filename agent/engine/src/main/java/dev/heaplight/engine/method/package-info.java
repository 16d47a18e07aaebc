/**
 * Scopes that woven methods open and close: those that the {@code scope=} option names, and those
 * in which a known runtime executes its tasks and its actors' messages.
 *
 * <p>Nothing of a runtime is linked: its objects are asked by reflection, in the application's
 * thread, with its counting suspended.
 */
@NullMarked
package dev.heaplight.engine.method;

import org.jspecify.annotations.NullMarked;
