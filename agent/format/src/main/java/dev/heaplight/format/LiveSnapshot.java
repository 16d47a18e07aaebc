package dev.heaplight.format;

/**
 * A whole composition of live objects, for an {@link Afterword}. Entry {@code i} is made of element
 * {@code i} of each array. The arrays are not copied and must not change afterwards.
 *
 * @param header what the composition shows and when it was taken
 * @param stacks numbers of stacks in the recording, {@link Dictionary#EMPTY_STACK} when unknown
 * @param classNames string numbers of class names in the recording
 * @param threads numbers of threads in the recording
 * @param objects live objects, 0 or more
 * @param bytes live bytes, 0 or more
 */
@SuppressWarnings("ArrayRecordComponent") // columns of up to a million entries; never compared
public record LiveSnapshot(
    LiveHeader header,
    int[] stacks,
    int[] classNames,
    int[] threads,
    long[] objects,
    long[] bytes) {
  /**
   * A snapshot of these columns.
   *
   * @throws IllegalArgumentException if the columns differ in length
   */
  public LiveSnapshot {
    int entries = stacks.length;
    if (classNames.length != entries
        || threads.length != entries
        || objects.length != entries
        || bytes.length != entries) {
      throw new IllegalArgumentException(
          "columns of a live snapshot differ in length: stacks="
              + entries
              + ", classNames="
              + classNames.length
              + ", threads="
              + threads.length
              + ", objects="
              + objects.length
              + ", bytes="
              + bytes.length);
    }
  }

  /** Number of entries. */
  public int size() {
    return stacks.length;
  }
}
