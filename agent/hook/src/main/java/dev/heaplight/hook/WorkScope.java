package dev.heaplight.hook;

import org.jspecify.annotations.Nullable;

/**
 * A scope as handed-over work remembers it: what the engine knows it by, until it closes.
 *
 * <p>Work may wait, or never run, long after its scope was closed; it then keeps this object alive
 * and nothing of the scope's recording. Thread-safe.
 */
public final class WorkScope {
  /** What work handed over outside of any scope remembers. */
  static final WorkScope NONE = new WorkScope();

  private final @Nullable WorkScope outer;
  private volatile @Nullable Object scope;

  private WorkScope() {
    this.outer = null;
  }

  /**
   * An open scope.
   *
   * @param scope what the engine knows it by
   * @param outer the scope around it, which its work falls to when it closes
   */
  public WorkScope(Object scope, @Nullable WorkScope outer) {
    this.scope = scope;
    this.outer = outer;
  }

  /** The scope is closed: work for it belongs to the nearest scope around it that is still open. */
  public void close() {
    scope = null;
  }

  /** What the engine knows the scope by; null once it is closed. */
  public @Nullable Object scope() {
    return scope;
  }

  /** This scope or the nearest one around it that is open; null if none is. */
  @Nullable WorkScope open() {
    WorkScope at = this;
    while (at != null && at.scope == null) {
      at = at.outer;
    }
    return at;
  }
}
