/**
 * The first program to try Heaplight with: an actor that leaks, a task that allocates, a report in
 * SQL. Runs with the agent or without, alike.
 */
@NullMarked
package dev.heaplight.samples.quickstart;

import org.jspecify.annotations.NullMarked;
