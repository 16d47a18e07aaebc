package dev.heaplight.format;

/**
 * How much of a scope died at one age. An age has two measures: garbage collections survived, and
 * milliseconds; each pair is one bucket.
 *
 * @param collectionsSurvived garbage collections the objects outlived, from 0; the highest bucket a
 *     recording holds is open upwards
 * @param millisLog2 floor of the binary logarithm of the age in milliseconds: the bucket holds ages
 *     from {@code 2^n} to below {@code 2^(n+1)} ms; 0 stands for all ages below 2 ms
 * @param objects objects that died at this age
 * @param bytes bytes that died at this age
 */
public record Lifetime(int collectionsSurvived, int millisLog2, long objects, long bytes) {
  /** A duration in milliseconds has no higher logarithm. */
  static final int MAX_MILLIS_LOG2 = 62;
}
