package dev.heaplight.engine.weave;

import dev.heaplight.engine.AgentLog;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Weaves the classes that were loaded before the weaver was installed, most of them the JDK's; and
 * gives classes their own code back when the agent leaves.
 *
 * <p>Only those: a class that loads later is woven as it loads, and weaving it again would make the
 * JVM link its invokedynamic instructions anew, at some 20 kB of allocation each.
 *
 * <p>Batches: each batch is one stop of all threads, whose length grows with its classes; a fixed
 * part, about the walk over all loaded classes, speaks against single ones.
 */
public final class LoadedClasses {
  private static final int BATCH = 128;

  private final Instrumentation instrumentation;
  private final AgentLog log;
  private final Class<?>[] loaded;

  /** Notes the classes loaded so far, right after the weaver was installed or removed. */
  public LoadedClasses(Instrumentation instrumentation, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
    this.loaded = instrumentation.getAllLoadedClasses();
  }

  /** Retransforms them all. */
  public void weave() {
    retransform(type -> true, "class not woven, its allocations are not recorded");
  }

  /** Retransforms those of which {@code chosen} holds by name. */
  public void weave(Predicate<String> chosen) {
    retransform(
        type -> chosen.test(type.getName()), "class not woven, its allocations are not recorded");
  }

  /** Retransforms those that {@code weaver} has woven. Methods on a stack end in woven code. */
  public void restore(ClassWeaver weaver) {
    retransform(type -> weaver.hasWoven(type.getName()), "class not restored, it calls idle hooks");
  }

  private void retransform(Predicate<Class<?>> chosen, String failure) {
    List<Class<?>> batch = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (instrumentation.isModifiableClass(type) && !isEngine(type) && chosen.test(type)) {
        batch.add(type);
      }
      if (batch.size() == BATCH) {
        retransform(batch, failure);
        batch.clear();
      }
    }
    retransform(batch, failure);
  }

  private void retransform(List<Class<?>> batch, String failure) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      instrumentation.retransformClasses(batch.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | InternalError e) {
      if (batch.size() == 1) {
        log.report(failure, batch.get(0).getName(), e);
        return;
      }
      // One class of the batch is to blame; the others do without it.
      batch.forEach(type -> retransform(List.of(type), failure));
    }
  }

  private static boolean isEngine(Class<?> type) {
    return type.getClassLoader() == LoadedClasses.class.getClassLoader()
        || type.getName().startsWith("dev.heaplight.hook.");
  }
}
