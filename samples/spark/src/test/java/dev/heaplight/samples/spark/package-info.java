/** The sample as its users run it. */
@NullMarked
package dev.heaplight.samples.spark;

import org.jspecify.annotations.NullMarked;
