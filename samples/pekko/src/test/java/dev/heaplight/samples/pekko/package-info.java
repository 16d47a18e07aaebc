/** The sample as its users run it. */
@NullMarked
package dev.heaplight.samples.pekko;

import org.jspecify.annotations.NullMarked;
