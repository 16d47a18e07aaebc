package dev.heaplight.engine.profiler;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a profiler notes down when it last sampled a thread.
 *
 * @param buffer the thread's own memory in the profiler's library, which is there for as long as
 *     the thread; null if there is none
 */
public record ThreadMark(@Nullable ByteBuffer buffer) {
  /** Of a thread of which nothing is noted. */
  public static final ThreadMark NONE = new ThreadMark(null);
}
