package dev.heaplight.engine;

import dev.heaplight.engine.record.AllocationSampler;
import dev.heaplight.engine.record.Placements;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.hook.EngineLink;
import dev.heaplight.hook.ThreadCounters;
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
  private final AgentLog log;

  HookReceiver(
      Instrumentation instrumentation,
      ClassWeaver weaver,
      Scopes scopes,
      MethodScopes methodScopes,
      AllocationSampler sampler,
      AgentLog log) {
    this.instrumentation = instrumentation;
    this.weaver = weaver;
    this.scopes = scopes;
    this.placements = scopes.placements();
    this.methodScopes = methodScopes;
    this.sampler = sampler;
    this.log = log;
  }

  @Override
  public void threadSeen(ThreadCounters counters) {
    placements.threadSeen(counters);
  }

  @Override
  public void threadEnding(ThreadCounters counters) {
    placements.threadEnding(counters);
  }

  @Override
  public long instanceBytes(Object instance) {
    return instrumentation.getObjectSize(instance);
  }

  @Override
  public @Nullable Error sample(
      ThreadCounters counters, Object allocated, int site, long sizeBytes) {
    return placements.moveOn(counters)
        ? null
        : sampler.sample(counters, allocated, site, sizeBytes);
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
  public void enterMethod(int method) {
    methodScopes.enter(method);
  }

  @Override
  public void exitMethod(int method) {
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
