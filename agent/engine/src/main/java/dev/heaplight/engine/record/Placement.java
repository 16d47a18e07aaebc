package dev.heaplight.engine.record;

import org.jspecify.annotations.Nullable;

/**
 * Where a thread works: its share in its innermost scope, and the placement it was opened in.
 *
 * @param share what the thread adds to
 * @param outer where the thread works once that scope is closed; null for nowhere
 */
record Placement(ThreadScope share, @Nullable Placement outer) {
  Scope scope() {
    return share.scope();
  }
}
