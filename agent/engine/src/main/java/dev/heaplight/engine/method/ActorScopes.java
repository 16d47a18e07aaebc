package dev.heaplight.engine.method;

import dev.heaplight.engine.record.Placements;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.hook.ThreadTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scopes of actors: long-lived, and worked for only while a message is handled, on whichever thread
 * that is. An actor's allocations are its own: who sent the message, and on whose thread it runs,
 * takes no part in them.
 */
final class ActorScopes {
  private final Scopes scopes;
  private final Placements placements;
  private final Map<Object, Scope> open = new ConcurrentHashMap<>();

  ActorScopes(Scopes scopes) {
    this.scopes = scopes;
    this.placements = scopes.placements();
  }

  /**
   * The calling thread works for an actor, and for nobody else, until {@link #leave}. Its scope is
   * opened if this is the first time.
   *
   * @param actor tells actors apart; kept until {@link #close}
   * @param request makes what {@code Scopes.open} takes
   */
  void enter(Object actor, Supplier<Map<String, String>> request) {
    Scope known = open.get(actor);
    Map<String, String> wanted = known == null ? request.get() : null; // before: it may fail
    placements.enterWork(ThreadTable.ofCurrentThread(), known);
    Scope opened = wanted == null ? null : scopes.open(wanted, null);
    if (opened != null) {
      open.put(actor, opened);
    }
  }

  /** Whether an actor has a scope. */
  boolean has(Object actor) {
    return open.containsKey(actor);
  }

  /** The calling thread works again for whom it did before the last enter. */
  void leave() {
    placements.leaveWork(ThreadTable.ofCurrentThread());
  }

  /** The actor has ended; does nothing if it has no scope. */
  void close(Object actor) {
    @Nullable Scope ended = open.remove(actor);
    if (ended != null) {
      scopes.close(ended);
    }
  }
}
