/** Both sides of the plugin without Spark, and the list of inputs. */
@NullMarked
package dev.heaplight.spark;

import org.jspecify.annotations.NullMarked;
