package dev.heaplight.engine.sample;

/** Makes shares of sites for tests elsewhere. */
public final class SiteShares {
  private SiteShares() {}

  /** A share with these factors. */
  public static SiteShare of(double objectsPerWeight, double bytesPerWeight) {
    SiteShare share = new SiteShare();
    set(share, objectsPerWeight, bytesPerWeight);
    return share;
  }

  /** Changes the factors of a share. */
  public static void set(SiteShare share, double objectsPerWeight, double bytesPerWeight) {
    share.calibrate(objectsPerWeight, bytesPerWeight);
  }
}
