package dev.heaplight.engine;

import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.weave.ScopeMethods;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scopes that woven methods open and close. Thread-safe: each thread has its own open ones.
 *
 * <p>A method that is entered again while its scope is open on the same thread opens another.
 */
final class MethodScopes {
  private final ScopeMethods methods;
  private final Scopes scopes;

  @SuppressWarnings("ThreadLocalUsage") // one instance, which lives as long as the JVM
  private final ThreadLocal<Deque<Entered>> entered =
      new ThreadLocal<>() { // not a lambda: one more to link before main
        @Override
        protected Deque<Entered> initialValue() {
          return new ArrayDeque<>();
        }
      };

  private record Entered(int method, @Nullable Scope scope) {}

  MethodScopes(ScopeMethods methods, Scopes scopes) {
    this.methods = methods;
    this.scopes = scopes;
  }

  void enter(int method) {
    Scope scope = scopes.open(Map.of("name", methods.name(method), "kind", "task"), null);
    entered.get().push(new Entered(method, scope));
  }

  void exit(int method) {
    Deque<Entered> stack = entered.get();
    Entered innermost = stack.peek();
    if (innermost == null || innermost.method() != method) {
      return; // entered before the engine was ready
    }
    stack.pop();
    if (stack.isEmpty()) {
      entered.remove();
    }
    if (innermost.scope() != null) {
      scopes.close(innermost.scope());
    }
  }
}
