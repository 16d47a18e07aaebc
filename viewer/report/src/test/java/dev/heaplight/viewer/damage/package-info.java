/** What readers and reports make of files that were damaged at random, or made to mislead. */
@NullMarked
package dev.heaplight.viewer.damage;

import org.jspecify.annotations.NullMarked;
