package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.memory.MemoryLine;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.OffHeapHook;
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

  private final SiteTable sites;
  private final StackTable stacks = new StackTable();
  private final OffHeapLedger offHeap = new OffHeapLedger(stacks);
  private final MemoryLine memory = new MemoryLine();
  private final JvmCounts jvm;
  private final RecordingFiles files;
  private final WorkerFacts worker;
  private final AgentLog log;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextId = new AtomicLong(1);
  private volatile @Nullable Scope processScope;
  private volatile boolean shutDown;

  /** Creates the registry; no scope is open. */
  public Scopes(
      SiteTable sites,
      JvmCounts jvm,
      @Nullable String sessionDirectory,
      WorkerFacts worker,
      AgentLog log) {
    this.sites = sites;
    this.jvm = jvm;
    this.files =
        new RecordingFiles(
            new SessionDirectory(sessionDirectory, System.getProperty("java.io.tmpdir", "/tmp")));
    this.worker = worker;
    this.log = log;
  }

  /** Off-heap memory of all scopes. */
  public OffHeapLedger offHeap() {
    return offHeap;
  }

  /** The process's memory over time, as all scopes record it. */
  public MemoryLine memory() {
    return memory;
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
    ThreadRecord thread = recordOf(counters);
    thread.suspend(jvm.allocatedByCurrentThread());
    try {
      Scope scope = newScope(ScopeRequest.of(request), thread);
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
    Scope scope = open(request);
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
    for (Scope scope : open) {
      scope.tallyMembers();
    }
    for (Scope scope : open) {
      scope.flush();
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
    ScopeMemory scopeMemory =
        new ScopeMemory(offHeap, memory, parent == null ? null : parent.memory());
    Scope scope =
        new Scope(recording.file(), parent, recording.writer(), stacks, jvm, scopeMemory, log);
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
    ThreadScope share = new ThreadScope(scope, thread, outer, new CounterTally(sites, stacks));
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
    memory.want(any);
  }
}
