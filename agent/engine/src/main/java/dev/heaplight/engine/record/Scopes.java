package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.HandOver;
import dev.heaplight.hook.ThreadCounters;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All open scopes: opens, closes and flushes them.
 *
 * <p>Accounting: while the agent works in an application thread, that thread's share is suspended;
 * neither the hooks nor the JVM's count then run for it.
 */
public final class Scopes {
  private static final String CLOSED = "closed";
  private static final String JVM_EXIT = "jvm-exit";

  private final StackTable stacks = new StackTable();
  private final Placements placements;
  private final JvmCounts jvm;
  private final RecordingFiles files;
  private final WorkerFacts worker;
  private final AgentLog log;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextId = new AtomicLong(1);
  private volatile boolean shutDown;

  /** Creates the registry; no scope is open. */
  public Scopes(
      SiteTable sites,
      JvmCounts jvm,
      @Nullable String sessionDirectory,
      WorkerFacts worker,
      AgentLog log) {
    this.placements = new Placements(sites, stacks, jvm);
    this.jvm = jvm;
    this.files =
        new RecordingFiles(
            new SessionDirectory(sessionDirectory, System.getProperty("java.io.tmpdir", "/tmp")));
    this.worker = worker;
    this.log = log;
  }

  /**
   * Opens a scope on the calling thread and makes it the thread's innermost.
   *
   * @return the scope, or null if its recording could not be created
   */
  public @Nullable Scope open(Map<String, String> request) {
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    if (counters.owner() == null || shutDown) {
      return null;
    }
    ThreadRecord thread = placements.recordOf(counters);
    thread.suspend(jvm.allocatedByCurrentThread());
    try {
      Scope scope = newScope(ScopeRequest.of(request), thread);
      if (scope != null) {
        thread.place(new Placement(placements.ownShare(thread, scope), thread.placement()));
      }
      return scope;
    } finally {
      placements.goOn(thread);
    }
  }

  /** Which scope each thread works for. */
  public Placements placements() {
    return placements;
  }

  /** Opens the scope of the whole process; threads join it when they are first seen. */
  public @Nullable Scope openProcess(Map<String, String> request) {
    Scope scope = open(request);
    placements.setProcess(scope);
    HandOver.setProcess(scope == null ? null : scope.work());
    return scope;
  }

  /** Closes a scope and ends its recording; closing again does nothing. */
  public void close(Scope scope) {
    close(scope, CLOSED);
  }

  /** Closes every open scope, inner ones first, because the JVM shuts down; opens none after. */
  public void closeAll() {
    shutDown = true;
    open.stream()
        .sorted(Comparator.comparingInt(Scope::depth).reversed())
        .forEach(scope -> close(scope, JVM_EXIT));
  }

  /** Appends to every open recording what was allocated since the last call. */
  public void flush() {
    for (Scope scope : open) {
      scope.tallyMembers();
    }
    for (Scope scope : open) {
      scope.flush();
    }
    HandOver.sweep();
  }

  private void close(Scope scope, String reason) {
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    ThreadRecord thread = counters.owner() == null ? null : placements.recordOf(counters);
    if (thread != null) {
      thread.suspend(jvm.allocatedByCurrentThread());
    }
    try {
      if (scope.beginClose()) {
        try {
          scope.tallyMembers();
        } finally {
          scope.finish(reason);
          open.remove(scope);
          switchHooks();
        }
      }
    } finally {
      if (thread != null) {
        placements.goOn(thread);
      }
    }
  }

  private @Nullable Scope newScope(ScopeRequest request, ThreadRecord thread) {
    String givenId = request.id();
    String id = givenId != null ? givenId : worker.pid() + "-" + nextId.getAndIncrement();
    RecordingHeader header =
        worker.header(request.name(), request.kind(), id, request.attributes());
    RecordingFiles.NewRecording recording = create(header, request.destination());
    if (recording == null) {
      return null;
    }
    ThreadScope outer = thread.current();
    Scope parent = outer == null ? null : outer.scope().nearestOpen();
    Scope scope = new Scope(recording.file(), parent, recording.writer(), stacks, jvm, log);
    open.add(scope);
    switchHooks();
    return scope;
  }

  private RecordingFiles.@Nullable NewRecording create(
      RecordingHeader header, @Nullable String destination) {
    try {
      return files.create(header, destination);
    } catch (IOException | RuntimeException e) {
      if (destination != null) {
        log.report("destination not usable, recording goes to the session", destination, e);
        return create(header, null);
      }
      log.report("recording not created, scope is not recorded", header.name(), e);
      return null;
    }
  }

  /** Hooks are on while any scope is open. Late or early by one scope does no harm. */
  private synchronized void switchHooks() {
    AllocationHook.enable(!open.isEmpty());
  }
}
