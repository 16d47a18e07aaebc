package dev.heaplight.engine;

import dev.heaplight.engine.profiler.AsyncProfilerSource;
import dev.heaplight.engine.profiler.FlightRecorderSource;
import dev.heaplight.engine.profiler.SampleSource;
import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.SampledThreads;
import dev.heaplight.engine.sample.StackTable;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Chooses what samples allocations: the best that can be had in this JVM. */
final class SampleSources {
  private static final String WITHOUT_STACKS = "Stacks were not sampled, only totals are known: ";

  private SampleSources() {}

  /**
   * Starts the best source there is and hands it to {@code sampled}. What is missing is said once
   * on the agent's log and in every recording.
   *
   * @param intervalBytes 0 for one that adapts itself
   * @param nativeMemory whether native code's memory is sampled as well
   * @param processCpuNanos processor time of the process so far
   */
  static void start(
      Instrumentation instrumentation,
      SampledThreads sampled,
      StackTable stacks,
      @Nullable Path session,
      long intervalBytes,
      boolean nativeMemory,
      LongSupplier processCpuNanos,
      AgentLog log) {
    allowNativeLibrary(instrumentation);
    String failure;
    try {
      use(
          new AsyncProfilerSource(stacks, session, intervalBytes, nativeMemory, processCpuNanos),
          sampled);
      sampled.setShortcoming("");
      return;
    } catch (IOException | RuntimeException | LinkageError e) {
      failure = "async-profiler is not available, " + reason(e);
    }
    try {
      use(FlightRecorderSource.of(stacks, SampleSources::inBackground), sampled);
      degraded(
          sampled,
          log,
          "Stacks are those of JDK Flight Recorder, 150 a second at most: " + failure + '.');
    } catch (IOException | RuntimeException | LinkageError e) {
      String second = "JDK Flight Recorder is not available, " + reason(e);
      degraded(sampled, log, WITHOUT_STACKS + failure + "; " + second + '.');
    }
  }

  private static void inBackground(Runnable task) {
    new AgentThread("heaplight-samples") {
      @Override
      public void run() {
        task.run();
      }
    }.start();
  }

  private static void use(SampleSource source, SampledThreads sampled) throws IOException {
    source.start();
    sampled.setSource(source);
  }

  private static void degraded(SampledThreads sampled, AgentLog log, String text) {
    sampled.setShortcoming(text);
    log.line("sampled mode, degraded: " + text);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.replace('\n', ' ');
  }

  /**
   * Newer JDKs warn on the application's standard error where a library is loaded or bound; they
   * know all classes outside of modules as one.
   */
  private static void allowNativeLibrary(Instrumentation instrumentation) {
    try {
      Method method = Module.class.getDeclaredMethod("implAddEnableNativeAccessToAllUnnamed");
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(),
          Map.of("java.lang", Set.of(SampleSources.class.getModule())),
          Set.of(),
          Map.of());
      method.setAccessible(true);
      Object unused = method.invoke(null);
    } catch (NoSuchMethodException e) {
      return; // older JDKs do not ask
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      return; // the JDK warns, once
    }
  }
}
