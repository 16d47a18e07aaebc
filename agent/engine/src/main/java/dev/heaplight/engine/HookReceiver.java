package dev.heaplight.engine;

import dev.heaplight.engine.method.MethodScopes;
import dev.heaplight.engine.record.AllocationSampler;
import dev.heaplight.engine.record.Placements;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.record.ThreadRecord;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.SiteSizes;
import dev.heaplight.engine.sample.StackObjects;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.hook.EngineLink;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import dev.heaplight.hook.WorkScope;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The engine as the hook sees it; hands each call to the part it concerns. */
final class HookReceiver extends EngineLink {
  private final Instrumentation instrumentation;
  private final ClassWeaver weaver;
  private final Scopes scopes;
  private final Placements placements;
  private final MethodScopes methodScopes;
  private final AllocationSampler sampler;
  private final StackObjects objects;
  private final SiteSizes sizes;
  private final AgentLog log;

  HookReceiver(
      Instrumentation instrumentation,
      ClassWeaver weaver,
      Scopes scopes,
      MethodScopes methodScopes,
      AllocationSampler sampler,
      StackObjects objects,
      SiteSizes sizes,
      AgentLog log) {
    this.instrumentation = instrumentation;
    this.weaver = weaver;
    this.scopes = scopes;
    this.placements = scopes.placements();
    placements.setCountersBytes(instrumentation.getObjectSize(ThreadTable.ofNoThread()));
    this.methodScopes = methodScopes;
    this.sampler = sampler;
    this.objects = objects;
    this.sizes = sizes;
    this.log = log;
  }

  @Override
  public boolean threadSeen(ThreadCounters counters) {
    return placements.threadSeen(counters);
  }

  @Override
  public void threadEnding(ThreadCounters counters) {
    placements.threadEnding(counters);
  }

  @Override
  public long instanceBytes(@Nullable Object instance, int site) {
    return site == ANY_SITE && instance != null
        ? instrumentation.getObjectSize(instance)
        : sizes.of(site, instance == null ? StackObjects.UNKNOWN : instance);
  }

  @Override
  public Object find(ThreadCounters counters) {
    if (!(counters.attachment() instanceof ThreadRecord thread)
        || counters.countsDownToLook()
        || PendingSamples.full()) {
      return StackObjects.UNKNOWN; // most likely nobody will ask
    }
    StackWalker walker = objects.walker();
    if (walker == null) {
      return StackObjects.UNKNOWN;
    }
    thread.searchBegins();
    Object found = walker.walk(objects);
    thread.searchEnds();
    return found;
  }

  @Override
  public @Nullable Error sample(
      ThreadCounters counters, @Nullable Object allocated, int site, long sizeBytes) {
    if (!(counters.attachment() instanceof ThreadRecord thread)) {
      return null;
    }
    if (placements.moveOn(counters)) {
      thread.forgetSearch();
      return null;
    }
    Object found = allocated == null ? StackObjects.UNKNOWN : allocated;
    return sampler.sample(counters, found, site, sizes.corrected(counters, site, found, sizeBytes));
  }

  @Override
  public byte[] weaveHidden(byte[] classFile) {
    return weaver.weaveHidden(classFile);
  }

  @Override
  public @Nullable Object open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    return scopes.open(request, errors);
  }

  @Override
  public void close(Object handle) {
    scopes.close((Scope) handle);
  }

  @Override
  public String file(Object handle) {
    return ((Scope) handle).file().toString();
  }

  @Override
  public void enterMethod(int method, @Nullable Object @Nullable [] call)
      throws ReflectiveOperationException {
    methodScopes.enter(method, call);
  }

  @Override
  public void exitMethod(int method) throws ReflectiveOperationException {
    methodScopes.exit(method);
  }

  @Override
  public void enterWork(ThreadCounters counters, @Nullable Object scope) {
    placements.enterWork(counters, scope);
  }

  @Override
  public void leaveWork(ThreadCounters counters) {
    placements.leaveWork(counters);
  }

  @Override
  public void pause(Object handle) {
    placements.pause((Scope) handle);
  }

  @Override
  public void resume(Object handle) {
    placements.resume((Scope) handle);
  }

  @Override
  public WorkScope workOf(Object handle) {
    return ((Scope) handle).work();
  }

  @Override
  public void failed(Throwable failure) {
    log.report("agent failed inside a hook, the application goes on", "recording", failure);
  }
}
