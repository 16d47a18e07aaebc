package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.live.CollectionClock;
import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.SurvivorWatch;
import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.StackAndClass;
import dev.heaplight.engine.sample.StackObjects;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.engine.weave.WovenSites;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scopes on the calling thread without woven classes: what hooks would do there is called by name.
 */
public final class OpenScopes implements AutoCloseable {
  private static final long INTERVAL_BYTES = 1 << 20;
  private static final long OBJECT_BYTES = 100;
  private static final long AGENT_BYTES = 64 << 20;

  private final SiteTable sites = new SiteTable();
  private final StackTable stacks = new StackTable();
  private final JvmCounts jvm = new JvmCounts();
  private final Scopes scopes;
  private final RecorderThread recorder;
  private final AllocationSampler sampler;
  private final int site = WovenSites.add(sites, 7, false);

  /** An error that keeps what it was made of. */
  public static final class ToldError extends Error {
    private static final long serialVersionUID = 1;

    private final transient Map<String, String> facts;

    ToldError(Map<String, String> facts) {
      super(facts.get("message"));
      this.facts = facts;
    }

    /** What the engine told. */
    public Map<String, String> facts() {
      return facts;
    }
  }

  /** No scope is open. */
  public OpenScopes(Path session) {
    AgentLog log = new AgentLog(System.err, false);
    jvm.load();
    SurvivorWatch survivors = new SurvivorWatch(log);
    SamplingBudget budget = SamplingBudget.fixed(INTERVAL_BYTES);
    CaptureParts parts =
        new CaptureParts(
            sites,
            stacks,
            jvm,
            new CaptureMode(CaptureMode.Mode.EXACT),
            budget,
            new CollectionClock(),
            new AgentMemory(AGENT_BYTES, sites, stacks, survivors),
            new SampledThreads(new OffHeapLedger(stacks), log),
            survivors,
            false,
            log);
    scopes = new Scopes(parts, session.toString(), new WorkerFacts("0"));
    recorder = new RecorderThread(scopes, log);
    sampler = new AllocationSampler(jvm, recorder, budget, null, new LimitKeeper(sites));
  }

  /** All of them. */
  public Scopes all() {
    return scopes;
  }

  /** Opens a scope that can be failed with a {@link ToldError}. */
  public Scope open(String name, String... terms) {
    return open(ToldError::new, name, terms);
  }

  /** Opens a scope without an error to throw in it. */
  Scope openUnfailing(String name, String... terms) {
    return open(null, name, terms);
  }

  private Scope open(
      @Nullable Function<Map<String, String>, Error> errors, String name, String... terms) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("name", name);
    for (int i = 0; i < terms.length; i += 2) {
      request.put(terms[i], terms[i + 1]);
    }
    return Objects.requireNonNull(scopes.open(request, errors));
  }

  /** Comes to the engine as the calling thread's hook does at a look; gives what it is to throw. */
  public @Nullable ToldError look() {
    return (ToldError) sampler.sample(counters(), StackObjects.REMOVED, site, OBJECT_BYTES);
  }

  /** The same in a new thread that belongs to the scope. */
  @Nullable ToldError lookInNewThread(Scope scope) throws InterruptedException {
    AtomicReference<@Nullable ToldError> error = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              scopes.placements().enterWork(counters(), scope);
              error.set(look());
              scopes.placements().threadEnding(counters());
              ThreadTable.forgetCurrentThread();
            });
    thread.start();
    thread.join();
    return error.get();
  }

  /** Counters of the calling thread. */
  ThreadCounters counters() {
    return ThreadTable.ofCurrentThread();
  }

  /** Adds bytes that {@code com.acme.Job.<method>} allocated. */
  public void allocate(Scope scope, String method, long bytes) {
    int stack =
        stacks.number(
            new StackTraceElement[] {
              new StackTraceElement("com.acme.Job", method, "Job.java", 7),
              new StackTraceElement("com.acme.Main", "main", "Main.java", 3)
            });
    scope.addUpwards(
        new Origin(new ThreadLabel(1, "main"), new StackAndClass(stack, "byte[]")), 1, bytes);
  }

  @Override
  public void close() {
    scopes.detach();
    ThreadTable.forgetCurrentThread();
  }
}
