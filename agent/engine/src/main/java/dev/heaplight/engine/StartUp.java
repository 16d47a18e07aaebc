package dev.heaplight.engine;

import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.AllocationSampler;
import dev.heaplight.engine.record.JvmCounts;
import dev.heaplight.engine.record.RecorderThread;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.record.WeavingAccount;
import dev.heaplight.engine.record.WorkerFacts;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.engine.weave.LoadedClasses;
import dev.heaplight.engine.weave.ScopeMethods;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.ScopeBridge;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts of the agent and connects them.
 *
 * <p>Order, in a thread of its own while the application starts: the hooks' training, the weaver,
 * the classes loaded so far, and last the door for scopes. Only a scope of the whole process waits
 * for all that before the application's main.
 */
final class StartUp {
  private static final String SESSION_VARIABLE = "HEAPLIGHT_SESSION_DIR";

  private final Instrumentation instrumentation;
  private final AgentOptions options;
  private final ScopeMethods scopeMethods;
  private final String agentVersion;
  private final AgentLog log;

  StartUp(
      Instrumentation instrumentation,
      AgentOptions options,
      ScopeMethods scopeMethods,
      String agentVersion,
      AgentLog log) {
    this.instrumentation = instrumentation;
    this.options = options;
    this.scopeMethods = scopeMethods;
    this.agentVersion = agentVersion;
    this.log = log;
  }

  void run() {
    ScopeBridge.setMaxWaitMillis(options.weaveWaitMillis());
    StartThread startUp = new StartThread();
    startUp.start();
    if (options.trackProcess()) {
      try {
        startUp.join(options.weaveWaitMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      startUp.trackProcess();
    }
  }

  private final class StartThread extends AgentThread {
    private volatile @Nullable Scopes ready;

    StartThread() {
      super("heaplight-start");
    }

    @Override
    public void run() {
      try {
        ready = prepare();
      } catch (Throwable t) {
        log.report("agent did not start" + Engine.UNPROFILED, "start-up", t);
        ScopeBridge.ready(null);
      }
    }

    /** Opens the scope of the whole process on the calling thread, which is main's. */
    void trackProcess() {
      Scopes scopes = ready;
      if (scopes == null) {
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
      Scope scope = scopes.openProcess(request);
      if (scope == null) {
        log.line("track=process: recording not created; the process is not recorded");
      }
    }
  }

  private Scopes prepare() throws IOException {
    new ObjectLayoutProbe(instrumentation).measure();
    HookTraining.run();
    JvmCounts jvm = new JvmCounts();
    SiteTable sites = new SiteTable();
    Scopes scopes = new Scopes(sites, jvm, session(), new WorkerFacts("exact", agentVersion), log);
    RecorderThread recorder = new RecorderThread(scopes, log);
    ClassWeaver weaver = new ClassWeaver(sites, scopeMethods, new WeavingAccount(jvm), log);
    HookReceiver receiver =
        new HookReceiver(
            instrumentation,
            weaver,
            scopes,
            new MethodScopes(scopeMethods, scopes),
            new AllocationSampler(jvm, recorder),
            log);
    weaver.prepare();
    AllocationHook.connect(receiver);
    instrumentation.addTransformer(weaver, true);
    new LoadedClasses(instrumentation, log).weave();
    Runtime.getRuntime().addShutdownHook(new ShutdownThread(scopes));
    recorder.start();
    ScopeBridge.ready(receiver);
    return scopes;
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
