package dev.heaplight.engine.memory;

import dev.heaplight.format.Progress;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM's native memory tracking says, where {@code -XX:NativeMemoryTracking} is on. Asked
 * by the JVM's own diagnostic command, without the server of beans it usually goes through, which
 * an application may want to set up in its own way. Used by one thread.
 *
 * <p>Cost: an answer takes the JVM a millisecond and more, so it is asked for every ten seconds.
 */
final class NativeMemoryTracking {
  private static final String COMMANDS = "com.sun.management.internal.DiagnosticCommandImpl";
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A category: {@code - Thread (reserved=19506KB, committed=830KB)}. */
  private static final Pattern CATEGORY =
      Pattern.compile("^-\\s+(.+?) \\(reserved=\\d+KB, committed=(\\d+)KB", Pattern.MULTILINE);

  /** What other figures of the memory line say; "Other" is memory that Java code has taken. */
  private static final Set<String> KNOWN_OTHERWISE =
      Set.of("Java Heap", "Class", "Metaspace", "Shared class space", "Code", "Other", "Unknown");

  private @Nullable Object commands;
  private @Nullable Method execute;
  private long threadBytes = Progress.UNKNOWN;
  private long jvmBytes = Progress.UNKNOWN;
  private long askedNanos = System.nanoTime() - EVERY_NANOS;

  /** Prepares to ask, which is not possible on every JVM: then all is unknown. */
  static NativeMemoryTracking of(Instrumentation instrumentation) {
    NativeMemoryTracking tracking = new NativeMemoryTracking();
    try {
      tracking.open(instrumentation);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      tracking.execute = null; // another JVM
    }
    return tracking;
  }

  private void open(Instrumentation instrumentation) throws ReflectiveOperationException {
    Class<?> type = Class.forName(COMMANDS, true, null);
    instrumentation.redefineModule(
        type.getModule(),
        Set.of(),
        Map.of(),
        Map.of(type.getPackageName(), Set.of(NativeMemoryTracking.class.getModule())),
        Set.of(),
        Map.of());
    Method bean = type.getDeclaredMethod("getDiagnosticCommandMBean");
    bean.setAccessible(true);
    commands = bean.invoke(null);
    Method found = type.getDeclaredMethod("executeDiagnosticCommand", String.class);
    found.setAccessible(true);
    execute = found;
  }

  /** Memory of threads, their stacks as far as touched. */
  long threadBytes() {
    return threadBytes;
  }

  /** What the JVM takes for itself. */
  long jvmBytes() {
    return jvmBytes;
  }

  /** Asks anew if the last answer is old. */
  void refresh(long nowNanos) {
    Method method = execute;
    if (method == null || nowNanos - askedNanos < EVERY_NANOS) {
      return;
    }
    askedNanos = nowNanos;
    try {
      if (method.invoke(commands, "VM.native_memory summary") instanceof String answer
          && !read(answer)) {
        execute = null; // it is off, and cannot be switched on later
      }
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      execute = null;
    }
  }

  /** Takes the figures of an answer; false if it has none. */
  boolean read(String answer) {
    long threads = Progress.UNKNOWN;
    long jvm = 0;
    Matcher category = CATEGORY.matcher(answer);
    while (category.find()) {
      long bytes = Long.parseLong(category.group(2)) << 10;
      String name = category.group(1);
      if (name.equals("Thread")) {
        threads = bytes;
      } else if (!KNOWN_OTHERWISE.contains(name)) {
        jvm += bytes;
      }
    }
    threadBytes = threads;
    jvmBytes = threads == Progress.UNKNOWN ? Progress.UNKNOWN : jvm;
    return threads != Progress.UNKNOWN;
  }
}
