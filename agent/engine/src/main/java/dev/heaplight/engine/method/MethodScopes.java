package dev.heaplight.engine.method;

import dev.heaplight.engine.record.Scopes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of woven methods that run now. Thread-safe: each thread has its own.
 *
 * <p>A method that is entered again while it runs on the same thread is another call.
 */
public final class MethodScopes {
  private final ScopedCalls[] calls;

  @SuppressWarnings("ThreadLocalUsage") // one instance, which lives as long as the JVM
  private final ThreadLocal<Deque<Entered>> entered =
      new ThreadLocal<>() { // not a lambda: one more to link before main
        @Override
        protected Deque<Entered> initialValue() {
          return new ArrayDeque<>();
        }
      };

  private record Entered(int method, @Nullable Object scope) {}

  /** Of the methods of these rules, by their places. */
  public MethodScopes(List<MethodRule> rules, Scopes scopes) {
    calls = new ScopedCalls[rules.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = rules.get(i).calls().apply(scopes);
    }
  }

  /**
   * A method begins.
   *
   * @param call receiver and arguments, or null; see {@link ScopedCalls#enter}
   */
  public void enter(int method, @Nullable Object @Nullable [] call)
      throws ReflectiveOperationException {
    Object scope = null;
    try {
      scope = calls[method].enter(call);
    } finally {
      entered.get().push(new Entered(method, scope)); // its exit comes in any case
    }
  }

  /** A method ends. */
  public void exit(int method) throws ReflectiveOperationException {
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
      calls[method].exit(innermost.scope());
    }
  }
}
