package dev.heaplight.engine.sample;

/**
 * What a weight sampled at one site by one thread stands for, by the site's exact counts.
 *
 * <p>Concurrency: the factors are written by whoever tallies and read by others, each for itself;
 * one that lags by a tally changes an estimate by little.
 */
public final class SiteShare {
  private volatile double objectsPerWeight = 1;
  private volatile double bytesPerWeight = 1;

  SiteShare() {}

  /** Exact objects of the site for each object that its samples stand for. */
  public double objectsPerWeight() {
    return objectsPerWeight;
  }

  /** Exact bytes of the site for each byte that its samples stand for. */
  public double bytesPerWeight() {
    return bytesPerWeight;
  }

  void calibrate(double newObjectsPerWeight, double newBytesPerWeight) {
    objectsPerWeight = newObjectsPerWeight;
    bytesPerWeight = newBytesPerWeight;
  }
}
