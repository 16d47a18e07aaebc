/**
 * Heaplight on Spark: a plugin that makes a recording of each task attempt and brings it to the
 * driver, and a job that sums up recordings from any Hadoop file system.
 */
@NullMarked
package dev.heaplight.spark;

import org.jspecify.annotations.NullMarked;
