/** Actors under the agent, without a change to their code. */
@NullMarked
package dev.heaplight.samples.pekko;

import org.jspecify.annotations.NullMarked;
