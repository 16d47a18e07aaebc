package dev.heaplight.viewer.model;

/** Parts of a worker's memory, see {@link MemoryBreakdown}. */
public enum MemoryPart {
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

  MemoryPart(String key, String words) {
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
