package dev.heaplight.engine.method;

import dev.heaplight.engine.record.Placements;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.hook.ThreadTable;
import org.jspecify.annotations.Nullable;

/**
 * Calls in which a runtime works for itself, on threads to which work was handed over: an actor's
 * mailbox, for instance, which would else work for whoever sent the first message.
 */
final class NeutralCalls extends ScopedCalls {
  private static final Object ENTERED = new Object();

  private final Placements placements;

  NeutralCalls(Scopes scopes) {
    this.placements = scopes.placements();
  }

  @Override
  Object enter(@Nullable Object @Nullable [] call) {
    placements.enterWork(ThreadTable.ofCurrentThread(), null);
    return ENTERED;
  }

  @Override
  void exit(Object entered) {
    placements.leaveWork(ThreadTable.ofCurrentThread());
  }
}
