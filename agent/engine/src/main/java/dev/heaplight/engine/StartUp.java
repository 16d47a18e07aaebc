package dev.heaplight.engine;

import dev.heaplight.engine.live.CollectionClock;
import dev.heaplight.engine.live.SurvivorWatch;
import dev.heaplight.engine.record.AgentMemory;
import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.AllocationSampler;
import dev.heaplight.engine.record.CaptureParts;
import dev.heaplight.engine.record.JvmCounts;
import dev.heaplight.engine.record.LimitKeeper;
import dev.heaplight.engine.record.RecorderThread;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.record.WeavingAccount;
import dev.heaplight.engine.record.WorkerFacts;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.SiteSizes;
import dev.heaplight.engine.sample.StackObjects;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.engine.weave.LoadedClasses;
import dev.heaplight.engine.weave.ScopeMethods;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.HandOver;
import dev.heaplight.hook.OffHeapHook;
import dev.heaplight.hook.ScopeBridge;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private final CollectionClock clock = new CollectionClock();
  private final Scopes scopes;
  private final RecorderThread recorder;
  private final ClassWeaver weaver;
  private final HookReceiver receiver;
  private final StackObjects objects = new StackObjects();

  StartUp(
      Instrumentation instrumentation,
      AgentOptions options,
      ScopeMethods scopeMethods,
      String agentVersion,
      AgentLog log) {
    this.instrumentation = instrumentation;
    this.options = options;
    this.log = log;
    SiteTable sites = new SiteTable();
    StackTable stacks = new StackTable();
    SamplingBudget budget =
        options.intervalBytes() == 0
            ? SamplingBudget.ofTime(options.overhead())
            : SamplingBudget.fixed(options.intervalBytes());
    SurvivorWatch survivors = new SurvivorWatch(log);
    AgentMemory memory = new AgentMemory(options.maxMemoryBytes(), sites, stacks, survivors);
    CaptureParts parts =
        new CaptureParts(sites, stacks, jvm, budget, clock, memory, survivors, options.live(), log);
    this.scopes = new Scopes(parts, session(), new WorkerFacts("exact", agentVersion));
    this.recorder = new RecorderThread(scopes, log);
    this.weaver = new ClassWeaver(sites, scopeMethods, new WeavingAccount(jvm), log);
    SiteSizes sizes = new SiteSizes(instrumentation, sites);
    this.receiver =
        new HookReceiver(
            instrumentation,
            weaver,
            scopes,
            new MethodScopes(scopeMethods, scopes),
            new AllocationSampler(
                jvm,
                recorder,
                budget,
                options.live() ? clock : null,
                new LimitKeeper(sites, stacks)),
            objects,
            sizes,
            log);
  }

  /**
   * Starts the agent. Before it returns every class that loads from now on is woven, hidden ones
   * included; the classes loaded before follow in the background.
   */
  void run() throws IOException, UnmodifiableClassException {
    ScopeBridge.setMaxWaitMillis(options.weaveWaitMillis());
    new ObjectLayoutProbe(instrumentation).measure();
    AllocationHook.connect(receiver);
    OffHeapHook.connect(new OffHeapReceiver(scopes.offHeap(), jvm));
    HandOver.prepare();
    weaver.prepare();
    instrumentation.addTransformer(weaver, true);
    instrumentation.retransformClasses(ClassWeaver.hiddenClassDefiner());
    // Their threads stay in one method for good, which must be woven before the first of them runs.
    instrumentation.retransformClasses(ClassWeaver.endlessLoops());
    StartThread background = new StartThread(new LoadedClasses(instrumentation, log));
    background.start();
    if (options.trackProcess() || !options.scopeMethods().isEmpty()) {
      await(background);
    }
    if (options.trackProcess()) {
      trackProcess(background);
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
    Map<String, String> request = new LinkedHashMap<>();
    request.put("name", processName());
    request.put("kind", "process");
    request.put("id", Long.toString(ProcessHandle.current().pid()));
    request.put("attribute.command", System.getProperty("sun.java.command", ""));
    if (scopes.openProcess(request) == null) {
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
        jvm.load();
        if (options.escapeAnalysis()) {
          leaveEscapeAnalysisAlone(); // before the first hook is on and needs its class
        }
        HookTraining.run();
        loadedBefore.weave();
        HookTraining.run();
        Runtime.getRuntime().addShutdownHook(new ShutdownThread(scopes));
        clock.wake(recorder);
        scopes.offHeap().rehearse();
        recorder.start();
        if (options.memoryIntervalMillis() > 0) {
          new MemoryThread(scopes.memory(), options.memoryIntervalMillis(), log).start();
        }
        done = true;
        ScopeBridge.ready(receiver);
      } catch (Throwable t) {
        log.report("agent did not start" + Engine.UNPROFILED, "start-up", t);
        ScopeBridge.ready(null);
      }
    }
  }

  private @Nullable String session() {
    String option = options.session();
    String variable = System.getenv(SESSION_VARIABLE);
    return option != null ? option : variable == null || variable.isEmpty() ? null : variable;
  }

  /** The main class without its package, or the jar without its path. */
  private static String processName() {
    String command = System.getProperty("sun.java.command", "process");
    int space = command.indexOf(' ');
    String program = space < 0 ? command : command.substring(0, space);
    int slash = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
    String name = program.substring(slash + 1);
    if (name.endsWith(".jar")) {
      return name.substring(0, name.length() - ".jar".length());
    }
    return name.isEmpty() ? "process" : name.substring(name.lastIndexOf('.') + 1);
  }

  private final class ShutdownThread extends AgentThread {
    private final Scopes scopes;

    ShutdownThread(Scopes scopes) {
      super("heaplight-shutdown");
      this.scopes = scopes;
    }

    @Override
    public void run() {
      try {
        scopes.closeAll();
        log.summarise();
      } catch (Throwable t) {
        log.report("recordings not ended", getName(), t);
      }
    }
  }
}
