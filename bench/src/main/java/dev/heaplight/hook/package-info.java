/** JMH of the hooks, in their own package: what they are made of is not public. */
@NullMarked
package dev.heaplight.hook;

import org.jspecify.annotations.NullMarked;
