package dev.heaplight.engine.weave;

import dev.heaplight.engine.AgentLog;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Weaves the classes that were loaded before the weaver was installed, most of them the JDK's.
 *
 * <p>Batches: each batch is one stop of all threads, whose length grows with its classes; a fixed
 * part, about the walk over all loaded classes, speaks against single ones.
 */
public final class LoadedClasses {
  private static final int BATCH = 128;

  private final Instrumentation instrumentation;
  private final AgentLog log;

  /** Creates a retransformer; nothing runs until {@link #weave}. */
  public LoadedClasses(Instrumentation instrumentation, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
  }

  /** Retransforms until no class is left that was loaded before the weaver; returns how many. */
  public int weave() {
    Set<Class<?>> done = new HashSet<>();
    int woven = 0;
    while (true) {
      List<Class<?>> batch = nextBatch(done);
      if (batch.isEmpty()) {
        return woven;
      }
      retransform(batch);
      woven += batch.size();
    }
  }

  private List<Class<?>> nextBatch(Set<Class<?>> done) {
    List<Class<?>> batch = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (batch.size() == BATCH) {
        break;
      }
      if (done.add(type) && instrumentation.isModifiableClass(type) && !isEngine(type)) {
        batch.add(type);
      }
    }
    return batch;
  }

  private void retransform(List<Class<?>> batch) {
    try {
      instrumentation.retransformClasses(batch.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | InternalError e) {
      if (batch.size() == 1) {
        log.report("class not woven, its allocations are not recorded", batch.get(0).getName(), e);
        return;
      }
      // One class of the batch is to blame; the others are woven without it.
      batch.forEach(type -> retransform(List.of(type)));
    }
  }

  private static boolean isEngine(Class<?> type) {
    return type.getClassLoader() == LoadedClasses.class.getClassLoader()
        || type.getName().startsWith("dev.heaplight.hook.");
  }
}
