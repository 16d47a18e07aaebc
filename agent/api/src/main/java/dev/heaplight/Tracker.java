package dev.heaplight;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A scope whose allocations are recorded, from {@link #open} to {@link #close}.
 *
 * <pre>{@code
 * try (Tracker tracker = Tracker.open("allocate_memory")) {
 *   work();
 * }
 * }</pre>
 *
 * <p>What belongs to it: every allocation of the thread that opened it, until it is closed, and of
 * the work handed over meanwhile: to executors, {@code CompletableFuture}, fork-join pools and
 * parallel streams, timers, and new threads, virtual ones included. {@link #wrap(Runnable)} covers
 * other ways. Scopes may be open on many threads at once, and one inside another; an inner scope's
 * allocations count in the outer one too. Work that still runs when its scope is closed stops
 * counting there.
 *
 * <p>Actors, whose messages run on whichever thread is free: {@link #pause} at the end of the
 * constructor and of each message, {@link #resume} at the beginning of each.
 *
 * <p>Recording: a file in the session's log directory, or where {@link Builder#destination} says,
 * that grows while the scope is open and can be read at any moment. A scope that is never closed,
 * an actor's for instance, ends with its JVM.
 *
 * <p>Without the agent: {@link #open} returns a tracker that does nothing, at the cost of a static
 * read. Nothing here ever throws because the agent is absent or fails.
 *
 * <p>Thread-safe. A scope should be closed by the thread that opened it; when another thread closes
 * it, the opener's allocations stop counting there.
 */
public final class Tracker implements AutoCloseable {
  private static final Tracker NOT_RECORDED = new Tracker(null);

  private final @Nullable Object handle;

  private Tracker(@Nullable Object handle) {
    this.handle = handle;
  }

  /**
   * Opens a scope of kind {@code task} on the calling thread.
   *
   * @param name name of the scope; scopes of one name are one kind of work in reports
   * @throws NullPointerException if {@code name} is null
   */
  public static Tracker open(String name) {
    return named(name).open();
  }

  /**
   * A builder for a scope with more than a name.
   *
   * @throws NullPointerException if {@code name} is null
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Whether the agent is attached, and so whether new scopes are recorded. */
  public static boolean isAttached() {
    return AgentBridge.INSTANCE != null;
  }

  /**
   * The recording of this scope, as an absolute path; empty if it is not recorded. Stays the same
   * after {@link #close}.
   */
  public Optional<Path> file() {
    AgentBridge bridge = AgentBridge.INSTANCE;
    return handle == null || bridge == null
        ? Optional.empty()
        : Optional.ofNullable(bridge.file(handle)).map(Path::of);
  }

  /**
   * Stops counting for this scope on the calling thread, and for scopes opened inside it, until
   * {@link #resume}. Does nothing on a thread that does not work for the scope.
   */
  public void pause() {
    AgentBridge bridge = AgentBridge.INSTANCE;
    if (handle != null && bridge != null) {
      bridge.pause(handle);
    }
  }

  /**
   * Counts what the calling thread allocates for this scope, until {@link #pause}; any thread, and
   * several at once. In a task that another scope handed over, at the longest until the task ends.
   * Does nothing once the scope is closed.
   */
  public void resume() {
    AgentBridge bridge = AgentBridge.INSTANCE;
    if (handle != null && bridge != null) {
      bridge.resume(handle);
    }
  }

  /**
   * The same task, to run in this scope and no other wherever it runs; for ways of handing work
   * over that are not followed. Without the agent it is {@code task} itself.
   *
   * @throws NullPointerException if {@code task} is null
   */
  @SuppressWarnings("overloads") // as ExecutorService.submit: a lambda's result tells which
  public Runnable wrap(Runnable task) {
    Objects.requireNonNull(task, "task");
    AgentBridge bridge = AgentBridge.INSTANCE;
    return handle == null || bridge == null ? task : new ScopedTask(bridge, handle, task);
  }

  /**
   * The same task, to run in this scope as {@link #wrap(Runnable)} says.
   *
   * @throws NullPointerException if {@code task} is null
   */
  @SuppressWarnings("overloads")
  public <T> Callable<T> wrap(Callable<T> task) {
    Objects.requireNonNull(task, "task");
    AgentBridge bridge = AgentBridge.INSTANCE;
    return handle == null || bridge == null ? task : new ScopedCall<>(bridge, handle, task);
  }

  /** Ends the scope and its recording; when it returns, the file is complete. Idempotent. */
  @Override
  public void close() {
    AgentBridge bridge = AgentBridge.INSTANCE;
    if (handle != null && bridge != null) {
      bridge.close(handle);
    }
  }

  /** Collects what a scope is to be. Not thread-safe; may open any number of scopes. */
  public static final class Builder {
    private final Map<String, String> request = new LinkedHashMap<>();

    private Builder(String name) {
      request.put("name", Objects.requireNonNull(name, "name"));
    }

    /**
     * Sets what sort of work the scope is: {@code task} (the default), {@code actor}, {@code
     * request} or a word of your own.
     */
    public Builder kind(String kind) {
      request.put("kind", Objects.requireNonNull(kind, "kind"));
      return this;
    }

    /**
     * Sets the identifier, a task or actor id for instance. By default one is made that is unique
     * in the session.
     */
    public Builder id(String id) {
      request.put("id", Objects.requireNonNull(id, "id"));
      return this;
    }

    /** Adds a fact that reports show, such as an attempt number. */
    public Builder attribute(String key, String value) {
      request.put(
          "attribute." + Objects.requireNonNull(key, "key"),
          Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Sets where the recording goes: an existing directory, or a file that does not exist yet. If
     * it cannot be created there, it goes to the session's log directory and the agent says so.
     */
    public Builder destination(Path destination) {
      request.put("destination", destination.toString());
      return this;
    }

    /**
     * Forces one garbage collection when the scope is closed, so that what it leaves alive is known
     * for certain: a firm answer to whether it leaks, at the price of a full collection.
     */
    public Builder collectOnClose() {
      request.put("collectOnClose", "true");
      return this;
    }

    /**
     * Limits what the scope may allocate in all. The allocation that goes beyond it, or the next
     * one in code outside the JDK, throws a {@link TaskMemoryLimitError} in its own thread, after
     * the recording was flushed. Threads of one scope may go beyond it by a part of what was left.
     *
     * @param bytes limit in bytes, above 0
     * @throws IllegalArgumentException if {@code bytes} is not above 0
     */
    public Builder limitAllocated(long bytes) {
      return limit("limitAllocated", bytes);
    }

    /**
     * Limits how much of the scope's allocation may be alive at a garbage collection. When more is,
     * the next allocation of the scope's threads in code outside the JDK throws a {@link
     * TaskMemoryLimitError}, after the recording was flushed.
     *
     * @param bytes limit in bytes, above 0
     * @throws IllegalArgumentException if {@code bytes} is not above 0
     */
    public Builder limitLive(long bytes) {
      return limit("limitLive", bytes);
    }

    /**
     * Says how much memory the work needs, for the case that the node runs short of it: policies
     * may end those first that take more than they said.
     *
     * @param bytes memory in bytes, above 0
     * @throws IllegalArgumentException if {@code bytes} is not above 0
     */
    public Builder declaredMemory(long bytes) {
      return limit("declaredMemory", bytes);
    }

    /**
     * Says whether the work may be started again if it is ended because memory is short; those that
     * may go first. By default all may but actors, whose state would be lost.
     */
    public Builder retriable(boolean retriable) {
      request.put("retriable", Boolean.toString(retriable));
      return this;
    }

    /**
     * Says which attempt this is.
     *
     * @param attempt from 1, the default
     * @throws IllegalArgumentException if {@code attempt} is below 1
     */
    public Builder attempt(int attempt) {
      if (attempt < 1) {
        throw new IllegalArgumentException("attempt: actual=" + attempt + ", expected=at least 1");
      }
      request.put("attempt", Integer.toString(attempt));
      return this;
    }

    /**
     * Says on whose behalf the work is done, a job or a user, so that each keeps some of its own.
     */
    public Builder owner(String owner) {
      request.put("owner", Objects.requireNonNull(owner, "owner"));
      return this;
    }

    /** Says how important the work is when memory is short: lower goes first, the default is 0. */
    public Builder priority(int priority) {
      request.put("priority", Integer.toString(priority));
      return this;
    }

    private Builder limit(String key, long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException(key + ": bytes=" + bytes + ", expected=above 0");
      }
      request.put(key, Long.toString(bytes));
      return this;
    }

    /** Opens the scope on the calling thread. */
    public Tracker open() {
      AgentBridge bridge = AgentBridge.INSTANCE;
      if (bridge == null) {
        return NOT_RECORDED;
      }
      Object handle = bridge.open(request, TaskMemoryLimitError::of);
      return handle == null ? NOT_RECORDED : new Tracker(handle);
    }
  }
}
