/**
 * First stage of every report: a recording file read into one aggregated {@link
 * dev.heaplight.viewer.model.RecordingModel}.
 *
 * <p>Callers: the later stages and the command line. Threads: a model is built by one thread and
 * does not change afterwards, so that any number of threads may read it. Class loader: an ordinary
 * library, never part of the agent.
 */
@NullMarked
package dev.heaplight.viewer.model;

import org.jspecify.annotations.NullMarked;
