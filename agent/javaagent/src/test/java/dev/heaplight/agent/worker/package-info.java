/** Programs that the tests run as worker JVMs. */
@NullMarked
package dev.heaplight.agent.worker;

import org.jspecify.annotations.NullMarked;
