package dev.heaplight.engine;

import dev.heaplight.engine.live.CollectionClock;
import dev.heaplight.engine.live.SurvivorWatch;
import dev.heaplight.engine.method.MethodRule;
import dev.heaplight.engine.method.MethodScopes;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.record.AgentMemory;
import dev.heaplight.engine.record.AllocationSampler;
import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.engine.record.CaptureParts;
import dev.heaplight.engine.record.JvmCounts;
import dev.heaplight.engine.record.LimitKeeper;
import dev.heaplight.engine.record.RecorderThread;
import dev.heaplight.engine.record.SampledThreads;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.record.WorkerFacts;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.SiteSizes;
import dev.heaplight.engine.sample.StackObjects;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.engine.weave.SiteTable;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What captures allocations once classes are woven.
 *
 * @param scopes open scopes and their recordings
 * @param recorder writes them; not started
 * @param clock counts collections for them
 * @param receiver what the hooks call
 * @param parts what scopes share
 */
record Capture(
    Scopes scopes,
    RecorderThread recorder,
    CollectionClock clock,
    HookReceiver receiver,
    CaptureParts parts) {

  /** Where what is captured comes from. */
  record Source(
      Instrumentation instrumentation,
      ClassWeaver weaver,
      List<MethodRule> methodRules,
      SiteTable sites,
      StackObjects objects,
      JvmCounts jvm,
      String agentVersion,
      AgentLog log) {}

  /**
   * Connects the parts.
   *
   * @param session directory for recordings; null for one of this process's own
   */
  static Capture of(
      Source source,
      SamplingBudget budget,
      CaptureMode mode,
      long maxMemoryBytes,
      boolean live,
      @Nullable String session) {
    AgentLog log = source.log();
    StackTable stacks = new StackTable();
    CollectionClock clock = new CollectionClock();
    SurvivorWatch survivors = new SurvivorWatch(log);
    AgentMemory memory = new AgentMemory(maxMemoryBytes, source.sites(), stacks, survivors);
    SampledThreads sampled = new SampledThreads(new OffHeapLedger(stacks), log);
    CaptureParts parts =
        new CaptureParts(
            source.sites(),
            stacks,
            source.jvm(),
            mode,
            budget,
            clock,
            memory,
            sampled,
            survivors,
            live,
            log);
    Scopes scopes = new Scopes(parts, session, new WorkerFacts(source.agentVersion()));
    RecorderThread recorder = new RecorderThread(scopes, log);
    AllocationSampler sampler =
        new AllocationSampler(
            source.jvm(), recorder, budget, live ? clock : null, new LimitKeeper(source.sites()));
    HookReceiver receiver =
        new HookReceiver(
            source.instrumentation(),
            source.weaver(),
            scopes,
            new MethodScopes(source.methodRules(), scopes),
            sampler,
            source.objects(),
            new SiteSizes(source.instrumentation(), source.sites()),
            log);
    return new Capture(scopes, recorder, clock, receiver, parts);
  }
}
