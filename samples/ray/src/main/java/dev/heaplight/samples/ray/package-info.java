/** Tasks and actors of a Ray cluster under the agent, without a change to their code. */
@NullMarked
package dev.heaplight.samples.ray;

import org.jspecify.annotations.NullMarked;
