package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.live.LiveRounds;
import dev.heaplight.engine.memory.MemoryLine;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.HandOver;
import dev.heaplight.hook.OffHeapHook;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import dev.heaplight.monitor.session.SessionDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** The scope was opened or its agent brought by the attach command, and closed by it. */
  private static final String DETACHED = "detached";

  private final CaptureParts parts;
  private final OffHeapLedger offHeap;
  private final MemoryLine memory = new MemoryLine();
  private final Placements placements;
  private final JvmCounts jvm;
  private final LiveRounds rounds;
  private final RecordingFiles files;
  private final WorkerFacts worker;
  private final AgentLog log;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextId = new AtomicLong(1);
  private final AtomicLong nextKey = new AtomicLong(1);
  private final ScopeTasks tasks = new ScopeTasks(open, nextKey);
  private final SampledThreads sampled;
  private final SampledEndings endings;
  private final AtomicInteger opening = new AtomicInteger();
  private final Object hooks = new Object();
  private volatile boolean shutDown;
  private long collectionsLooked;

  /** Creates the registry; no scope is open. */
  public Scopes(CaptureParts parts, @Nullable String sessionDirectory, WorkerFacts worker) {
    this.parts = parts;
    this.jvm = parts.jvm();
    this.sampled = parts.sampled();
    this.offHeap = parts.sampled().ledger();
    this.rounds = new LiveRounds(parts.clock(), parts.survivors(), jvm::threadCpuNanos);
    this.placements = new Placements(parts);
    this.files = filesIn(sessionDirectory);
    this.worker = worker;
    this.log = parts.log();
    this.endings = new SampledEndings(sampled, this::end, log);
  }

  /** Open scopes as the memory monitor sees them. */
  public ScopeTasks tasks() {
    return tasks;
  }

  /**
   * The session's directory, made if needed.
   *
   * @throws IOException if it cannot be made
   */
  public Path session() throws IOException {
    return files.session();
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
   * @param errors makes the error for a scope that reached a limit; without it there are no limits
   * @return the scope, or null if its recording could not be created
   */
  public @Nullable Scope open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    if (counters.owner() == null || shutDown || parts.mode().mode() == CaptureMode.Mode.OFF) {
      return null;
    }
    Scope scope = open(counters, request, errors);
    if (scope != null && shutDown) {
      closeAtEnd(scope, JVM_EXIT); // closeAll may have come before it
    }
    return scope;
  }

  private @Nullable Scope open(
      ThreadCounters counters,
      Map<String, String> request,
      @Nullable Function<Map<String, String>, Error> errors) {
    ThreadRecord thread = placements.recordOf(counters);
    thread.suspend(jvm.allocatedByCurrentThread());
    opening.incrementAndGet();
    try {
      Scope scope = newScope(ScopeRequest.of(request, errors), thread);
      if (scope != null) {
        thread.place(new Placement(placements.ownShare(thread, scope), thread.placement()));
      }
      return scope;
    } finally {
      opening.decrementAndGet();
      placements.goOn(thread);
    }
  }

  /** Which scope each thread works for. */
  public Placements placements() {
    return placements;
  }

  /** Opens the scope of the whole process; threads join it when they are first seen. */
  public @Nullable Scope openProcess(Map<String, String> request) {
    Scope scope = open(request, null);
    placements.setProcess(scope, ThreadBaseline.NONE);
    HandOver.setProcess(scope == null ? null : scope.work());
    if (scope != null && scope.isSampled()) {
      placements.adoptRunningThreads();
    }
    return scope;
  }

  /**
   * Opens the scope of a process that runs already. Each thread joins it at its next allocation,
   * with what the JVM counts for it from now on; one that works for a scope, when that has closed.
   *
   * @param sessionDirectory where to put the recording, or null for this agent's session
   * @throws IOException if the recording cannot be created
   */
  public Scope openLateProcess(Map<String, String> request, @Nullable String sessionDirectory)
      throws IOException {
    ScopeRequest asked = ScopeRequest.of(request, null);
    RecordingFiles target = sessionDirectory == null ? files : filesIn(sessionDirectory);
    int others = open.size();
    Scope scope;
    opening.incrementAndGet();
    try {
      RecordingHeader header = header(asked);
      scope = newScope(asked, header, target.create(header, null), null);
    } finally {
      opening.decrementAndGet();
    }
    if (others > 0) {
      scope.note(
          "Scopes that were open already: "
              + others
              + ". What they allocate until they close is in their recordings alone.");
    }
    placements.setProcess(scope, ThreadBaseline.of(jvm));
    HandOver.setProcess(scope.work());
    ThreadTable.recall();
    if (scope.isSampled()) {
      placements.adoptRunningThreads();
    }
    return scope;
  }

  /** Closes the scope of the whole process; others stay open. */
  public void closeLateProcess(Scope scope) {
    HandOver.setProcess(null);
    placements.setProcess(null, ThreadBaseline.NONE);
    close(scope, DETACHED);
  }

  /** Checks that recordings can be put into the session's directory, which is made if needed. */
  public void prepareSession() throws IOException {
    files.prepare();
  }

  /** The open scope of the whole process, if there is one. */
  public @Nullable Scope process() {
    return placements.process();
  }

  /** Whether a scope is open, or just opens, whose allocations are counted by hooks. */
  public boolean isAnyCounted() {
    return opening.get() > 0 || open.stream().anyMatch(scope -> !scope.isSampled());
  }

  /** Memory runs short: tasks may have to fail soon, which takes hooks in their code. */
  public void prepareToFail() {
    for (Scope scope : open) {
      if (scope.isSampled()) {
        parts.mode().wantApplicationSites();
        return;
      }
    }
  }

  /** Closes a scope and ends its recording; closing again does nothing. */
  public void close(Scope scope) {
    close(scope, CLOSED);
  }

  /** Closes every open scope, inner ones first, because the JVM shuts down; opens none after. */
  public void closeAll() {
    closeAll(JVM_EXIT);
  }

  /** Closes every open scope because the agent leaves the JVM; opens none after. */
  public void detach() {
    closeAll(DETACHED);
    HandOver.setProcess(null);
    placements.setProcess(null, ThreadBaseline.NONE);
    parts.survivors().letGo();
    parts.stacks().clear(); // threads that sleep keep their last scope, and with it this table
  }

  private void closeAll(String reason) {
    shutDown = true;
    endings.shutDown();
    open.stream()
        .sorted(Comparator.comparingInt(Scope::depth).reversed())
        .forEach(scope -> closeAtEnd(scope, reason));
    endings.read();
    if (parts.live()) {
      lookAtLives(true); // what the last collection left of scopes that were closed before
    }
  }

  private void closeAtEnd(Scope scope, String reason) {
    try {
      close(scope, reason);
    } catch (Throwable t) {
      log.report("recording not ended", scope.name(), t);
    }
  }

  /** Appends to every open recording what was allocated since the last call. */
  public void flush() {
    resolve();
    endings.read();
    boolean anySampled = !endings.isEmpty() || open.stream().anyMatch(Scope::isSampled);
    boolean anyBlocks = !open.isEmpty() && offHeap.sampledBytes() > 0; // some may yet be freed
    sampled.rest(anySampled || anyBlocks);
    String news = sampled.takeNews();
    if (news != null) {
      open.stream().filter(Scope::isSampled).forEach(scope -> scope.note(news));
    }
    long scopeBytes = offHeap.memoryBytes();
    for (Scope scope : open) {
      try {
        scope.flush();
        scopeBytes += scope.memoryBytes();
      } catch (Throwable t) {
        log.report("flush failed, tried again in a second", scope.name(), t);
      }
    }
    HandOver.sweep();
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
  void look() {
    if (parts.live()) {
      lookAtLives(false);
    }
    for (Scope scope : open) {
      ScopeLimits limits = scope.limits();
      if (limits != null) {
        limits.lived(scope.life().liveBytes());
        if (scope.isSampled()) {
          limits.use(scope.allocatedBytes());
        }
        if (limits.reached() != null) {
          scope.hurryMembers();
        }
      }
    }
  }

  /**
   * Looks at what lives, if there was a collection. One that works while the application runs is
   * looked at when it has ended, since it clears references until then; the JVM tells when that is.
   */
  private synchronized void lookAtLives(boolean whateverItCosts) {
    boolean concurrent = jvm.collectsConcurrently();
    long counted = concurrent ? jvm.clearingCollections() : collectionsLooked;
    if (concurrent ? counted == collectionsLooked : !rounds.due()) {
      return;
    }
    if (rounds.affordable() || whateverItCosts) {
      JvmCounts.LastCollection unused = jvm.lastCollection(); // dates it while it is fresh
      open.forEach(scope -> scope.task().looks(scope.allocatedBytes()));
      resolve(); // first: it takes a while, and collections that come meanwhile are looked at too
      collectionsLooked = concurrent ? jvm.clearingCollections() : counted;
      JvmCounts.LastCollection last = jvm.lastCollection();
      long startCpuNanos = jvm.threadCpuNanos(); // stacks have a budget of their own
      rounds.run(
          open.stream().filter(Scope::isWritten).map(Scope::life).toList(),
          startCpuNanos,
          last.collector(),
          last.durationMillis(),
          concurrent ? last.startNanos() : System.nanoTime());
      open.forEach(scope -> scope.task().looked(scope.life().youngBytes()));
    }
  }

  private void close(Scope scope, String reason) {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    ThreadRecord thread = counters.owner() == null ? null : placements.recordOf(counters);
    if (thread != null) {
      thread.suspend(jvm.allocatedByCurrentThread());
    }
    try {
      if (scope.beginClose()) {
        scope.hurryMembers(); // threads that still work for it move on at their next allocation
        try {
          if (!scope.isCounted()) {
            placements.moveOn(scope);
          }
          scope.tallyMembers();
          if (scope.collectOnClose() && parts.live() && reason.equals(CLOSED)) {
            System.gc();
          }
        } finally {
          if (scope.isSampled()) {
            endings.end(scope, reason);
          } else {
            end(scope, reason);
          }
        }
      }
    } finally {
      if (thread != null) {
        placements.goOn(thread);
      }
    }
  }

  /** Ends sampled scopes that wait for their last samples. */
  void endWaiting() {
    endings.endWaiting();
  }

  private void end(Scope scope, String reason) {
    try {
      scope.finish(reason);
    } finally {
      open.remove(scope);
      switchHooks();
    }
  }

  private @Nullable Scope newScope(ScopeRequest request, ThreadRecord thread) {
    RecordingHeader header = header(request);
    RecordingFiles.NewRecording recording = create(header, request.destination());
    if (recording == null) {
      return null;
    }
    ThreadScope outer = thread.current();
    Scope parent = outer == null ? null : outer.scope().nearestOpen();
    return newScope(request, header, recording, parent);
  }

  private RecordingHeader header(ScopeRequest request) {
    String givenId = request.id();
    String id = givenId != null ? givenId : worker.pid() + "-" + nextId.getAndIncrement();
    String mode = modeOf(request).text();
    return worker.header(mode, request.name(), request.kind(), id, request.attributes());
  }

  /** A scope that asks what lives is counted: a profiler does not say which object it sampled. */
  private CaptureMode.Mode modeOf(ScopeRequest request) {
    CaptureMode mode = parts.mode();
    if (mode.mode() != CaptureMode.Mode.SAMPLED) {
      return mode.mode();
    }
    ScopeLimits limits = request.limits();
    boolean asksWhatLives = request.collectOnClose() || (limits != null && limits.limitsLive());
    if (asksWhatLives && mode.awaitAllSites()) {
      return CaptureMode.Mode.EXACT;
    }
    if (limits != null && !mode.awaitApplicationSites()) {
      log.line("limits come late: hooks not woven in time, scope=" + request.name());
    }
    return CaptureMode.Mode.SAMPLED;
  }

  private Scope newScope(
      ScopeRequest request,
      RecordingHeader header,
      RecordingFiles.NewRecording recording,
      @Nullable Scope parent) {
    ScopeMemory scopeMemory =
        new ScopeMemory(offHeap, memory, parent == null ? null : parent.memory());
    ScopeTask task = new ScopeTask(nextKey.getAndIncrement(), request.terms(), request.errors());
    Scope scope = new Scope(header, recording, parent, request, task, scopeMemory, parts);
    if (request.limits() != null && request.limits().limitsLive() && !parts.live()) {
      log.line("limitLive without effect: live=off, scope=" + scope.name());
      scope.note("The scope's limit of live bytes had no effect: live bytes are off (live=off).");
    }
    if (scope.isSampled()) {
      noteSampling(scope, request);
    }
    open.add(scope);
    switchHooks();
    return scope;
  }

  private void noteSampling(Scope scope, ScopeRequest request) {
    sampled.start();
    String missing = sampled.shortcoming();
    if (!missing.isEmpty()) {
      scope.note(missing);
    }
    if (request.limits() != null && request.limits().limitsLive()) {
      scope.note(
          "The scope's limit of live bytes had no effect: its classes were not woven in time.");
    }
  }

  private static RecordingFiles filesIn(@Nullable String sessionDirectory) {
    return new RecordingFiles(
        new SessionDirectory(sessionDirectory, System.getProperty("java.io.tmpdir", "/tmp")));
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
  private void switchHooks() {
    synchronized (hooks) {
      boolean any = !open.isEmpty();
      AllocationHook.enable(any);
      OffHeapHook.track(any);
      memory.want(any);
    }
  }
}
