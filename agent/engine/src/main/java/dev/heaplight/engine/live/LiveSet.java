package dev.heaplight.engine.live;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The sampled objects of one scope that are not known to be dead.
 *
 * <p>Thinning: past {@link #MAX_SAMPLES} the set keeps a sample for sure only if it stands for a
 * threshold of bytes or more, and any other with a chance in proportion to its bytes; a kept one
 * then stands for the threshold. That leaves every sum of bytes unbiased, by whatever stack it is
 * taken, and never gives a small object the weight of a large one.
 *
 * <p>Thread-safe.
 */
public final class LiveSet {
  static final int MAX_SAMPLES = 16_384;

  /** Bytes of a sample: the reference, its origin, and its place in the arrays. */
  private static final long SAMPLE_BYTES = 128;

  /** Bytes of a sample that another set holds as well. */
  private static final long COPIED_BYTES = 16;

  private static final AtomicLong TOTAL = new AtomicLong();

  private final long bytesPerSample;

  private @Nullable LiveSample[] samples = new LiveSample[16];

  /** By how much thinning raised a sample's weight. */
  private double[] scales = new double[16];

  private int size;
  private double thresholdBytes;
  private long randomState = 0x9E3779B97F4A7C15L ^ System.nanoTime();

  /** Receives samples. */
  interface Receiver {
    /**
     * Takes one.
     *
     * @param scale by how much its weight was raised because others were left out
     */
    void sample(LiveSample sample, double scale);
  }

  /** An empty set. */
  LiveSet() {
    this(SAMPLE_BYTES);
  }

  private LiveSet(long bytesPerSample) {
    this.bytesPerSample = bytesPerSample;
  }

  /** Estimate of the memory that all sets of this JVM take. */
  public static long totalBytes() {
    return TOTAL.get();
  }

  /** Adds a resolved sample, unless thinning leaves it out. */
  public synchronized void add(LiveSample sample) {
    add(sample, 1);
    if (size > MAX_SAMPLES) {
      thin();
    }
  }

  /** Adds everything that is left in {@code other}, which becomes empty. */
  void takeAll(LiveSet other) {
    LiveSet taken = new LiveSet();
    other.moveTo(taken);
    synchronized (this) {
      for (int i = 0; i < taken.size; i++) {
        add(present(taken.samples, i), taken.scales[i]);
        if (size > MAX_SAMPLES) {
          thin();
        }
      }
    }
    TOTAL.addAndGet(-taken.size * bytesPerSample);
  }

  private synchronized void moveTo(LiveSet empty) {
    empty.samples = samples;
    empty.scales = scales;
    empty.size = size;
    clearArrays();
  }

  /** The same samples in a set of their own. */
  synchronized LiveSet copy() {
    LiveSet copy = new LiveSet(COPIED_BYTES);
    copy.samples = samples.clone();
    copy.scales = scales.clone();
    copy.size = size;
    copy.thresholdBytes = thresholdBytes;
    TOTAL.addAndGet(size * COPIED_BYTES);
    return copy;
  }

  /** Takes out the samples whose objects have died and hands them over. */
  synchronized void removeDead(Receiver dead) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      LiveSample sample = present(samples, i);
      if (sample.isDead()) {
        dead.sample(sample, scales[i]);
      } else {
        samples[kept] = sample;
        scales[kept++] = scales[i];
      }
    }
    shrinkTo(kept);
  }

  /** Hands over every sample. */
  synchronized void forEach(Receiver receiver) {
    for (int i = 0; i < size; i++) {
      receiver.sample(present(samples, i), scales[i]);
    }
  }

  /** Number of samples. */
  synchronized int size() {
    return size;
  }

  /** Lets go of all samples. */
  public synchronized void clear() {
    TOTAL.addAndGet(-size * bytesPerSample);
    clearArrays();
  }

  private void clearArrays() {
    samples = new LiveSample[16];
    scales = new double[16];
    size = 0;
  }

  private void add(LiveSample sample, double scale) {
    double bytes = scale * sample.sampledBytes();
    double kept = scale;
    if (bytes < thresholdBytes) {
      if (random() * thresholdBytes >= bytes) {
        return;
      }
      kept = thresholdBytes / sample.sampledBytes();
    }
    if (size == samples.length) {
      samples = Arrays.copyOf(samples, size * 2);
      scales = Arrays.copyOf(scales, size * 2);
    }
    samples[size] = sample;
    scales[size++] = kept;
    TOTAL.addAndGet(bytesPerSample);
  }

  /** Raises the threshold until half of the samples or fewer are expected to stay. */
  private void thin() {
    double bytes = 0;
    for (int i = 0; i < size; i++) {
      bytes += scales[i] * present(samples, i).sampledBytes();
    }
    thresholdBytes = Math.max(thresholdBytes * 2, bytes / (MAX_SAMPLES / 2));
    @Nullable LiveSample[] all = samples;
    double[] allScales = scales;
    int count = size;
    TOTAL.addAndGet(-count * bytesPerSample);
    samples = new LiveSample[all.length];
    scales = new double[all.length];
    size = 0;
    for (int i = 0; i < count; i++) {
      add(present(all, i), allScales[i]);
    }
  }

  private void shrinkTo(int kept) {
    Arrays.fill(samples, kept, size, null);
    TOTAL.addAndGet((kept - size) * bytesPerSample);
    size = kept;
  }

  private static LiveSample present(@Nullable LiveSample[] samples, int index) {
    LiveSample sample = samples[index];
    if (sample == null) {
      throw new IllegalStateException("live set: no sample at index=" + index);
    }
    return sample;
  }

  private double random() {
    randomState ^= randomState << 13;
    randomState ^= randomState >>> 7;
    randomState ^= randomState << 17;
    return (randomState >>> 11) * 0x1.0p-53;
  }
}
