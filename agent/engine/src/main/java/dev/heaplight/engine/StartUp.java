package dev.heaplight.engine;

import dev.heaplight.engine.memory.MemorySource;
import dev.heaplight.engine.method.KnownRuntimes;
import dev.heaplight.engine.method.MethodRule;
import dev.heaplight.engine.monitor.ApplicationStart;
import dev.heaplight.engine.monitor.MonitorThread;
import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.engine.record.JvmCounts;
import dev.heaplight.engine.record.RecorderThread;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.record.WeavingAccount;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.StackObjects;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.engine.weave.LoadedClasses;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.format.Progress;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.EndHook;
import dev.heaplight.hook.HandOver;
import dev.heaplight.hook.OffHeapHook;
import dev.heaplight.hook.ScopeBridge;
import dev.heaplight.hook.ThreadTable;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts of the agent and connects them.
 *
 * <p>Order: the weaver first and in premain, because a method that already runs, main's for
 * instance, keeps its unwoven code until it returns. Then, in a thread of its own while the
 * application starts: the hooks' training, the classes loaded so far, and last the door for scopes.
 * Only scopes that begin without the application's doing wait for all that before main.
 */
final class StartUp {
  private static final String SESSION_VARIABLE = "HEAPLIGHT_SESSION_DIR";

  private final Instrumentation instrumentation;
  private final AgentOptions options;
  private final AgentLog log;
  private final JvmCounts jvm = new JvmCounts();
  private final Scopes scopes;
  private final RecorderThread recorder;
  private final ClassWeaver weaver;
  private final Capture.Source source;
  private final CaptureMode mode;
  private final Capture capture;
  private final OnDemandWeaving weaving;
  private final StackObjects objects = new StackObjects();
  private @Nullable ShutdownThread shutdown;
  private volatile @Nullable MonitorThread monitor;
  private ApplicationStart start = ApplicationStart.BEGUN;
  private boolean late;

  /**
   * An agent that is not started.
   *
   * @param sites all sites of this JVM: woven code may outlive the agent, and its numbers stay
   */
  StartUp(
      Instrumentation instrumentation,
      AgentOptions options,
      List<MethodRule> methodRules,
      SiteTable sites,
      String agentVersion,
      AgentLog log) {
    this.instrumentation = instrumentation;
    this.options = options;
    this.log = log;
    SamplingBudget budget =
        options.intervalBytes() == 0
            ? SamplingBudget.ofTime(options.overhead())
            : SamplingBudget.fixed(options.intervalBytes());
    this.weaver =
        new ClassWeaver(sites, MethodRule.targets(methodRules), new WeavingAccount(jvm), log);
    this.source =
        new Capture.Source(
            instrumentation, weaver, methodRules, sites, objects, jvm, agentVersion, log);
    this.mode = new CaptureMode(options.mode());
    this.capture =
        Capture.of(source, budget, mode, options.maxMemoryBytes(), options.live(), session());
    if (options.mode() == CaptureMode.Mode.SAMPLED) {
      weaver.setSites(ClassWeaver.Sites.NONE);
    }
    this.weaving =
        new OnDemandWeaving(
            instrumentation,
            weaver,
            capture.parts().stacks()::classNames,
            options.weaveWaitMillis(),
            log);
    mode.setWeaving(weaving);
    this.scopes = capture.scopes();
    this.recorder = capture.recorder();
  }

  /**
   * Starts the agent. Before it returns every class that loads from now on is woven, hidden ones
   * included; the classes loaded before follow in the background.
   */
  void run(Consumer<@Nullable Object[]> agent) throws IOException, UnmodifiableClassException {
    ScopeBridge.setAgent(agent);
    start = ApplicationStart.on(Thread.currentThread());
    StartThread background = new StartThread(install());
    background.start();
    if (options.trackProcess()
        || !options.scopeMethods().isEmpty()
        || (options.auto() && KnownRuntimes.areOnClassPath())) {
      await(background);
    }
    if (options.trackProcess()) {
      trackProcess(background);
    }
  }

  /**
   * Starts the agent in a program that runs already, on a thread of the agent's own: when this
   * returns all classes are woven and scopes can be opened.
   */
  void runLate() throws IOException, UnmodifiableClassException {
    late = true; // no worker that something starts again: the monitor kills nobody here
    weaver.noteWoven();
    finish(install());
  }

  /** Scopes of this agent. */
  Scopes scopes() {
    return scopes;
  }

  /**
   * Ends all recordings and takes the agent out of the JVM again, as far as that goes: methods that
   * are running end in woven code, and hidden classes keep theirs. Idle hooks are all that is left.
   */
  void leave() {
    ScopeBridge.ready(null);
    endMonitor("detached");
    scopes.detach();
    capture.parts().sampled().setSource(null);
    HandOver.placeThreadsEarly(false);
    recorder.end();
    scopes.memory().end();
    AllocationHook.enable(false);
    OffHeapHook.track(false);
    AllocationHook.connect(null);
    OffHeapHook.connect(null);
    EndHook.connect(null);
    instrumentation.removeTransformer(weaver);
    try {
      CompilerViewInstaller.leave(instrumentation);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.report("class not restored, it calls idle hooks", "CompilerView", e);
    }
    new LoadedClasses(instrumentation, log).restore(weaver);
    HandOver.forgetAll();
    ThreadTable.forgetAll();
    removeShutdownHook();
    log.summarise();
  }

  private void endMonitor(String state) {
    MonitorThread thread = monitor;
    if (thread != null) {
      thread.end(state);
    }
  }

  private void removeShutdownHook() {
    try {
      if (shutdown != null) {
        boolean unused = Runtime.getRuntime().removeShutdownHook(shutdown);
      }
    } catch (IllegalStateException e) {
      return; // the JVM shuts down already
    }
  }

  /** Weaves whatever loads from now on; returns the classes loaded before. */
  private LoadedClasses install() throws IOException, UnmodifiableClassException {
    ScopeBridge.setMaxWaitMillis(options.weaveWaitMillis());
    new ObjectLayoutProbe(instrumentation).measure();
    AllocationHook.connect(capture.receiver());
    OffHeapHook.connect(new OffHeapReceiver(scopes.offHeap(), jvm));
    HandOver.prepare();
    weaver.prepare();
    instrumentation.addTransformer(weaver, true);
    instrumentation.retransformClasses(ClassWeaver.hiddenClassDefiner());
    // Their threads stay in one method for good, which must be woven before the first of them runs.
    instrumentation.retransformClasses(ClassWeaver.endlessLoops());
    return new LoadedClasses(instrumentation, log);
  }

  /** Does what takes longer, and opens the door for scopes. */
  private void finish(LoadedClasses loadedBefore) {
    keepVirtualThreadsOnCarriers();
    jvm.load();
    if (options.escapeAnalysis()) {
      leaveEscapeAnalysisAlone(); // before the first hook is on and needs its class
    }
    HookTraining.run();
    if (mode.mode() == CaptureMode.Mode.SAMPLED) {
      loadedBefore.weave(name -> weaver.concerns(name, ClassWeaver.Sites.NONE));
      sample();
    } else {
      loadedBefore.weave();
      HookTraining.run();
      rehearseSampling();
    }
    shutdown = new ShutdownThread();
    Runtime.getRuntime().addShutdownHook(shutdown);
    capture.clock().wake(recorder);
    scopes.offHeap().rehearse();
    recorder.start();
    if (options.memoryIntervalMillis() > 0) {
      new MemoryThread(
              scopes.memory(),
              () -> new MemorySource(instrumentation, this::mallocBytes),
              options.memoryIntervalMillis(),
              log)
          .start();
    }
    MonitorThread thread =
        new MonitorThread(
            scopes, recorder, options.monitor(), session() != null && !late, start, log);
    monitor = thread;
    thread.start();
    ScopeBridge.ready(capture.receiver());
  }

  private long mallocBytes() {
    return capture.parts().sampled().followsNativeMemory()
        ? scopes.offHeap().sampledBytes()
        : Progress.UNKNOWN;
  }

  /** Has a profiler take stacks, since no hook does. */
  private void sample() {
    HandOver.placeThreadsEarly(true);
    SampleSources.start(
        instrumentation,
        capture.parts().sampled(),
        capture.parts().stacks(),
        session() == null ? null : Path.of(session()),
        options.intervalBytes(),
        options.nativeMemory(),
        jvm::processCpuNanos,
        log);
  }

  /**
   * Switches how scopes that open from now on are captured; those that are open stay as they are.
   *
   * @return why that is not possible, with what to do; empty if it is done
   */
  synchronized String switchMode(CaptureMode.Mode next) {
    switch (next) {
      case EXACT -> {
        if (!weaving.awaitAll()) {
          return "its classes were not woven within weave-wait; try again";
        }
      }
      case SAMPLED -> {
        if (!capture.parts().sampled().isActive()) {
          sample();
        }
        HandOver.placeThreadsEarly(true);
        mode.set(next); // first: no scope that is counted opens any more
        if (!scopes.isAnyCounted()) {
          weaving.unweave();
        }
      }
      case OFF -> {
        // sampled scopes that are open go on, and their threads are still placed
      }
    }
    mode.set(next);
    return "";
  }

  /** Unless a scope waits already: it is slow at first, but it is recorded sooner. */
  private void rehearseSampling() {
    if (ScopeBridge.isAwaited()) {
      return;
    }
    try {
      SamplingRehearsal.run(source, capture);
    } catch (IOException | RuntimeException | LinkageError e) {
      log.report("sampling not rehearsed, the first scope begins slowly", "start-up", e);
    }
  }

  /** Before the first hook is switched on. */
  private void keepVirtualThreadsOnCarriers() {
    try {
      CarrierPinInstaller.install(instrumentation);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.report("virtual threads: they may stop for good in scopes on this JDK", "start-up", e);
    }
  }

  /** Has compiled code keep its objects to itself, where they can be found on the stack. */
  private void leaveEscapeAnalysisAlone() {
    try {
      CompilerViewInstaller.openPackages(instrumentation);
      objects.load();
      if (objects.walker() == null) {
        log.line("escape analysis: stack walker shows no operands, all objects are made");
      } else {
        CompilerViewInstaller.install(instrumentation);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.report("escape analysis: not possible here, all objects are made", "start-up", e);
    }
  }

  private void await(StartThread background) {
    try {
      background.join(options.weaveWaitMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens the scope of the whole process on the calling thread, which is main's. */
  private void trackProcess(StartThread background) {
    if (!background.done) {
      log.line(
          "track=process: weaving not done in time: waited="
              + options.weaveWaitMillis()
              + " ms; the process is not recorded");
      return;
    }
    if (scopes.openProcess(ProcessScope.request()) == null) {
      log.line("track=process: recording not created; the process is not recorded");
    }
  }

  /** What takes longer than the application's start should wait for. */
  private final class StartThread extends AgentThread {
    private final LoadedClasses loadedBefore;
    private volatile boolean done;

    StartThread(LoadedClasses loadedBefore) {
      super("heaplight-start");
      this.loadedBefore = loadedBefore;
    }

    @Override
    public void run() {
      try {
        finish(loadedBefore);
        done = true;
      } catch (Throwable t) {
        log.report("agent did not start" + Engine.UNPROFILED, "start-up", t);
        ScopeBridge.ready(null);
      }
    }
  }

  private @Nullable String session() {
    String option = options.session();
    String variable = System.getenv(SESSION_VARIABLE);
    if (option != null || (variable != null && !variable.isEmpty())) {
      return option != null ? option : variable;
    }
    return options.auto() ? KnownRuntimes.session(System.getProperties()) : null;
  }

  private final class ShutdownThread extends AgentThread {
    ShutdownThread() {
      super("heaplight-shutdown");
    }

    @Override
    public void run() {
      try {
        endMonitor(MonitorThread.SHUTDOWN);
        scopes.closeAll();
        capture.parts().sampled().setSource(null);
        log.summarise();
      } catch (Throwable t) {
        log.report("recordings not ended", getName(), t);
      }
    }
  }
}
