/** Programs that tests start in JVMs of their own. */
@NullMarked
package dev.heaplight.cli.worker;

import org.jspecify.annotations.NullMarked;
