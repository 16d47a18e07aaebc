/** A job whose tasks allocate, on Spark executors under the agent. */
@NullMarked
package dev.heaplight.samples.spark;

import org.jspecify.annotations.NullMarked;
