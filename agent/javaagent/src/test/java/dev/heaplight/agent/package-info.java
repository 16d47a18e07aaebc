/** Tests of the assembled agent: each forks real JVMs under {@code -javaagent}. */
@NullMarked
package dev.heaplight.agent;

import org.jspecify.annotations.NullMarked;
