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
 * <p>Heap, metaspace, code cache and what native memory tracking knows are what the JVM has
 * committed, which need not be resident whole: the rest is a lower bound, and 0 where they are more
 * than the resident set.
 *
 * @param elapsedMillis milliseconds since the scope was opened
 * @param rssBytes resident set size
 * @param threads number of threads, or {@link Progress#UNKNOWN}
 * @param parts bytes of each part that is known
 * @param restBytes what is left of the resident set
 */
public record MemoryBreakdown(
    long elapsedMillis, long rssBytes, long threads, Map<Part, Long> parts, long restBytes) {

  /** Parts of a worker's memory. */
  public enum Part {
    /** Java heap the JVM has reserved memory for. */
    HEAP("heap", "Heap committed"),
    /** Metaspace in use. */
    METASPACE("metaspace", "Metaspace"),
    /** Code cache the JVM has reserved memory for. */
    CODE_CACHE("codeCache", "Code cache"),
    /** Threads and the touched part of their stacks; by native memory tracking. */
    THREADS("threads", "Threads"),
    /** What the JVM takes for itself; by native memory tracking. */
    JVM("jvm", "JVM's own"),
    /** Capacity of all direct buffers. */
    DIRECT("direct", "Direct buffers"),
    /** What sampled blocks of native code stand for. */
    MALLOC("malloc", "malloc, sampled"),
    /** Resident part of mapped files. */
    MAPPED_FILES("mappedFiles", "Mapped files"),
    /** Resident part of shared memory, if the heap does not lie there. */
    SHARED("shared", "Shared memory");

    private final String key;
    private final String words;

    Part(String key, String words) {
      this.key = key;
      this.words = words;
    }

    /** Name in JSON. */
    public String key() {
      return key;
    }

    /** Name for people. */
    public String words() {
      return words;
    }
  }

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
    Map<Part, Long> known = new EnumMap<>(Part.class);
    put(known, Part.HEAP, sample.heapCommittedBytes());
    put(known, Part.METASPACE, sample.metaspaceBytes());
    put(known, Part.CODE_CACHE, parts.codeCacheBytes());
    put(known, Part.THREADS, parts.threadBytes());
    put(known, Part.JVM, parts.jvmBytes());
    put(known, Part.DIRECT, sample.directBytes());
    put(known, Part.MALLOC, parts.mallocBytes());
    put(known, Part.MAPPED_FILES, parts.mappedFileBytes());
    // ZGC's heap is shared memory, and would count twice.
    boolean heapIsShared = sample.rssMinusSharedBytes() > sample.rssBytes() - parts.sharedBytes();
    put(known, Part.SHARED, heapIsShared ? Progress.UNKNOWN : parts.sharedBytes());
    long sum = known.values().stream().mapToLong(Long::longValue).sum();
    return new MemoryBreakdown(
        sample.elapsedMillis(),
        sample.rssBytes(),
        parts.threads(),
        known,
        Math.max(0, sample.rssBytes() - sum));
  }

  private static void put(Map<Part, Long> known, Part part, long bytes) {
    if (bytes != Progress.UNKNOWN) {
      known.put(part, bytes);
    }
  }
}
