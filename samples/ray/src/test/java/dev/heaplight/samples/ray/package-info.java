/** The sample as its users run it. */
@NullMarked
package dev.heaplight.samples.ray;

import org.jspecify.annotations.NullMarked;
