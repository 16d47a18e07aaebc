package dev.heaplight.engine.live;

import dev.heaplight.engine.sample.SiteShare;
import dev.heaplight.engine.sample.StackAndClass;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows the life of one sampled object without keeping it alive.
 *
 * <p>Weight: how many objects and bytes it stands for. Once its stack is resolved the weight is
 * calibrated by the exact counts of its site: where every object of a site still lives, the live
 * bytes are exactly those the site allocated.
 *
 * <p>Immutable once resolved, so that it may be in the sets of several scopes.
 */
public final class LiveSample extends WeakReference<Object> {
  private final int bornAfterCollections;
  private final long bornNanos;
  private final double objects;
  private final double bytes;
  private @Nullable SiteShare site;
  private @Nullable Origin origin;

  /**
   * Creates a sample of {@code object}.
   *
   * @param objects how many objects it stands for
   * @param bytes how many bytes it stands for
   * @param bornAfterCollections how many collections the {@link CollectionClock} had seen
   * @param bornNanos now, as of {@link System#nanoTime}
   */
  public LiveSample(
      Object object, double objects, double bytes, int bornAfterCollections, long bornNanos) {
    super(object);
    this.objects = objects;
    this.bytes = bytes;
    this.bornAfterCollections = bornAfterCollections;
    this.bornNanos = bornNanos;
  }

  /** Says where the object came from; once, before the sample is added to a set. */
  public void resolve(SiteShare itsSite, ThreadLabel thread, StackAndClass where) {
    site = itsSite;
    origin = new Origin(thread, where);
  }

  Origin origin() {
    if (origin == null) {
      throw new IllegalStateException("live sample: expected=resolved");
    }
    return origin;
  }

  boolean isDead() {
    return refersTo(null);
  }

  int bornAfterCollections() {
    return bornAfterCollections;
  }

  long bornNanos() {
    return bornNanos;
  }

  /** Bytes it stands for as it was sampled. */
  double sampledBytes() {
    return bytes;
  }

  /** Objects it stands for by its site's exact count. */
  double objects() {
    return site == null ? objects : objects * site.objectsPerWeight();
  }

  /** Bytes it stands for by its site's exact count. */
  double bytes() {
    return site == null ? bytes : bytes * site.bytesPerWeight();
  }
}
