package dev.heaplight.engine.record;

import org.jspecify.annotations.Nullable;

/** How scopes that open now are captured, and what is woven for it. Thread-safe. */
public final class CaptureMode {
  /** How allocations become known. */
  public enum Mode {
    /** Hooks count every allocation. */
    EXACT("exact"),
    /** A profiler samples them, and the JVM's counts tell how many bytes there were. */
    SAMPLED(Scope.SAMPLED),
    /** Nothing is recorded. */
    OFF("off");

    private final String text;

    Mode(String text) {
      this.text = text;
    }

    /** As options and recordings have it. */
    public String text() {
      return text;
    }
  }

  /** Weaves hooks into classes that have none while scopes are sampled. */
  public interface SiteWeaving {
    /** Weaves the application's classes, the busiest first; returns before that is done. */
    void wantApplication();

    /** Weaves the application's classes and waits for it; false if that was not done in time. */
    boolean awaitApplication();

    /** Weaves all classes and waits for it; false if that was not done in time. */
    boolean awaitAll();
  }

  private volatile Mode mode;
  private volatile @Nullable SiteWeaving weaving;

  /** Starts with a mode. */
  public CaptureMode(Mode mode) {
    this.mode = mode;
  }

  /** What weaves on demand; without it everything is woven. */
  public void setWeaving(SiteWeaving weaving) {
    this.weaving = weaving;
  }

  /** The mode of scopes that open now. */
  public Mode mode() {
    return mode;
  }

  /** Sets the mode of scopes that open from now on. */
  public void set(Mode next) {
    mode = next;
  }

  /** Has the application's classes hooks soon, so that tasks can be failed in them. */
  public void wantApplicationSites() {
    SiteWeaving present = weaving;
    if (present != null) {
      present.wantApplication();
    }
  }

  /** Has the application's classes hooks; false if that was not done in time. */
  boolean awaitApplicationSites() {
    SiteWeaving present = weaving;
    return present == null || present.awaitApplication();
  }

  /** Has all classes hooks; false if that was not done in time. */
  boolean awaitAllSites() {
    SiteWeaving present = weaving;
    return present == null || present.awaitAll();
  }
}
