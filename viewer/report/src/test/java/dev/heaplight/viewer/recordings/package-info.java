/** Recordings that tests read: small ones written line by line, and large realistic ones. */
@NullMarked
package dev.heaplight.viewer.recordings;

import org.jspecify.annotations.NullMarked;
