package dev.heaplight.viewer.model;

import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the worker's resident memory consisted of at one moment, down to the rest that none of the
 * parts explains: where the heap is as it was and the resident set grows, one of them has grown.
 *
 * <p>Heap, code cache and what native memory tracking knows are what the JVM has committed, which
 * need not be resident whole: so much more the rest may be. It is 0 where they are more than the
 * resident set.
 *
 * @param elapsedMillis milliseconds since the scope was opened
 * @param rssBytes resident set size
 * @param threads number of threads, or {@link Progress#UNKNOWN}
 * @param parts bytes of each part that is known
 * @param restBytes what is left of the resident set
 */
public record MemoryBreakdown(
    long elapsedMillis, long rssBytes, long threads, Map<MemoryPart, Long> parts, long restBytes) {

  /** The breakdowns of a recording in order of time; none where the resident set is not known. */
  public static List<MemoryBreakdown> of(MemoryFigures figures) {
    Map<Long, MemorySample> samples = new HashMap<>();
    figures.memory().forEach(sample -> samples.put(sample.elapsedMillis(), sample));
    List<MemoryBreakdown> all = new ArrayList<>();
    for (MemoryParts parts : figures.memoryParts()) {
      MemorySample sample = samples.get(parts.elapsedMillis());
      if (sample != null && sample.rssBytes() != Progress.UNKNOWN) {
        all.add(of(sample, parts));
      }
    }
    return all;
  }

  private static MemoryBreakdown of(MemorySample sample, MemoryParts parts) {
    Map<MemoryPart, Long> known = new EnumMap<>(MemoryPart.class);
    put(known, MemoryPart.HEAP, sample.heapCommittedBytes());
    put(known, MemoryPart.METASPACE, sample.metaspaceBytes());
    put(known, MemoryPart.CODE_CACHE, parts.codeCacheBytes());
    put(known, MemoryPart.THREADS, parts.threadBytes());
    put(known, MemoryPart.JVM, parts.jvmBytes());
    put(known, MemoryPart.DIRECT, sample.directBytes());
    put(known, MemoryPart.MALLOC, parts.mallocBytes());
    put(known, MemoryPart.MAPPED_FILES, parts.mappedFileBytes());
    put(known, MemoryPart.SHARED, parts.sharedBytes());
    long sum = known.values().stream().mapToLong(Long::longValue).sum();
    return new MemoryBreakdown(
        sample.elapsedMillis(),
        sample.rssBytes(),
        parts.threads(),
        known,
        Math.max(0, residentOnce(sample, parts) - sum));
  }

  /** A heap in shared memory is mapped, and counted as resident, up to three times. */
  private static long residentOnce(MemorySample sample, MemoryParts parts) {
    boolean heapIsShared = parts.sharedBytes() == Progress.UNKNOWN;
    return heapIsShared && sample.rssMinusSharedBytes() != Progress.UNKNOWN
        ? sample.rssMinusSharedBytes() + Math.max(0, parts.mappedFileBytes())
        : sample.rssBytes();
  }

  private static void put(Map<MemoryPart, Long> known, MemoryPart part, long bytes) {
    if (bytes != Progress.UNKNOWN) {
      known.put(part, bytes);
    }
  }
}
