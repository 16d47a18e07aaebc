package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.live.LiveRounds;
import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.OffHeapHook;
import dev.heaplight.hook.ThreadCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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

  private final CaptureParts parts;
  private final JvmCounts jvm;
  private final LiveRounds rounds;
  private final RecordingFiles files;
  private final WorkerFacts worker;
  private final AgentLog log;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextId = new AtomicLong(1);
  private volatile @Nullable Scope processScope;
  private volatile boolean shutDown;

  /** Creates the registry; no scope is open. */
  public Scopes(CaptureParts parts, @Nullable String sessionDirectory, WorkerFacts worker) {
    this.parts = parts;
    this.jvm = parts.jvm();
    this.rounds = new LiveRounds(parts.clock(), parts.survivors());
    this.files =
        new RecordingFiles(
            new SessionDirectory(sessionDirectory, System.getProperty("java.io.tmpdir", "/tmp")));
    this.worker = worker;
    this.log = parts.log();
  }

  /**
   * Opens a scope on the calling thread and makes it the thread's innermost.
   *
   * @param errors makes the error for a scope that reached a limit; without it there are no limits
   * @return the scope, or null if its recording could not be created
   */
  public @Nullable Scope open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    if (counters.owner() == null || shutDown) {
      return null;
    }
    ThreadRecord thread = recordOf(counters);
    thread.suspend(jvm.allocatedByCurrentThread());
    try {
      Scope scope = newScope(ScopeRequest.of(request, errors), thread);
      if (scope != null) {
        enter(thread, scope, thread.current());
      }
      return scope;
    } finally {
      thread.resume();
    }
  }

  /** Opens the scope of the whole process; threads join it when they are first seen. */
  public @Nullable Scope openProcess(Map<String, String> request) {
    Scope scope = open(request, null);
    processScope = scope;
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

  /** Puts a thread that was not seen before into the scope of the process, if there is one. */
  public void threadSeen(ThreadCounters counters) {
    Scope process = processScope;
    if (process == null || process.isClosed() || counters.owner() instanceof AgentThread) {
      return;
    }
    long sinceThreadStart = jvm.allocatedByCurrentThread();
    ThreadRecord thread = recordOf(counters);
    enter(thread, process, null).credit(sinceThreadStart);
    thread.resume();
  }

  /** Takes the calling thread's last counts; it is about to end. */
  public void threadEnding(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord thread) {
      thread.suspend(jvm.allocatedByCurrentThread());
      for (ThreadScope share = thread.current(); share != null; share = share.outer()) {
        share.tally(true);
      }
      thread.end();
    }
  }

  /** Appends to every open recording what was allocated since the last call. */
  public void flush() {
    resolve();
    long scopeBytes = 0;
    for (Scope scope : open) {
      scope.flush();
      scopeBytes += scope.memoryBytes();
    }
    if (parts.memory().measure(scopeBytes)) {
      log.line("agent memory limit reached: " + AgentMemory.DEGRADED);
      open.forEach(scope -> scope.note(AgentMemory.DEGRADED));
    }
    jvm.noteAgentCpu();
  }

  /** Brings in what all open scopes' threads counted and sampled. */
  void resolve() {
    for (Scope scope : open) {
      scope.tallyMembers();
    }
  }

  /** Whether nothing is recorded and nobody's survivors are watched. */
  boolean isIdle() {
    return open.isEmpty() && parts.survivors().isEmpty();
  }

  /** Looks at what lives, if there was a collection; and after threads that are over a limit. */
  public void look() {
    if (parts.live() && rounds.due()) {
      long startNanos = System.nanoTime();
      resolve();
      List<Scope> scopes = new ArrayList<>(open);
      JvmCounts.LastCollection last = jvm.lastCollection();
      rounds.run(
          scopes.stream().map(Scope::life).toList(),
          startNanos,
          last.collector(),
          last.durationMillis());
    }
    for (Scope scope : open) {
      ScopeLimits limits = scope.limits();
      if (limits != null) {
        limits.lived(scope.life().liveBytes());
        if (limits.reached() != null) {
          scope.hurryMembers();
        }
      }
    }
  }

  private void close(Scope scope, String reason) {
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    ThreadRecord thread = counters.owner() == null ? null : recordOf(counters);
    if (thread != null) {
      thread.suspend(jvm.allocatedByCurrentThread());
    }
    try {
      if (scope.beginClose()) {
        try {
          ThreadScope share = thread == null ? null : thread.leave(scope);
          if (share != null) {
            share.tally(true);
          }
          scope.tallyMembers();
          if (scope.collectOnClose() && reason.equals(CLOSED)) {
            System.gc();
          }
        } finally {
          scope.finish(reason);
          open.remove(scope);
          switchHooks();
        }
      }
    } finally {
      if (thread != null) {
        thread.resume();
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
    Scope parent = outer == null ? null : outer.scope();
    Scope scope = new Scope(header, recording, parent, request, parts);
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

  private ThreadScope enter(ThreadRecord thread, Scope scope, @Nullable ThreadScope outer) {
    ThreadScope share =
        new ThreadScope(scope, thread, outer, new CounterTally(parts.sites(), parts.stacks()));
    scope.addMemberUpwards(share);
    if (!jvm.countsCurrentThread()) {
      scope.missJvmCountUpwards();
    }
    thread.enter(share);
    return share;
  }

  private ThreadRecord recordOf(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord known) {
      return known;
    }
    ThreadRecord fresh = new ThreadRecord(Thread.currentThread(), counters, jvm);
    counters.attach(fresh);
    return fresh;
  }

  /** Hooks are on while any scope is open. Late or early by one scope does no harm. */
  private synchronized void switchHooks() {
    boolean any = !open.isEmpty();
    AllocationHook.enable(any);
    OffHeapHook.track(any);
    parts.memoryLine().want(any);
  }
}
