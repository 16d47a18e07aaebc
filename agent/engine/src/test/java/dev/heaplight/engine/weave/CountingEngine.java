package dev.heaplight.engine.weave;

import dev.heaplight.hook.AllocationHook;
import dev.heaplight.hook.EngineLink;
import dev.heaplight.hook.ScopeBridge;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import dev.heaplight.hook.WorkScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine under woven classes that lets the hook count, and notes scopes. */
final class CountingEngine extends EngineLink implements AutoCloseable {
  static final long INSTANCE_BYTES = 40;

  private final List<String> scopes = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private @Nullable List<@Nullable Object> lastCall;

  /** What a method allocated. */
  record Count(long objects, long bytes) {
    Count plus(Count other) {
      return new Count(objects + other.objects, bytes + other.bytes);
    }
  }

  CountingEngine() {
    AllocationHook.connect(this);
    ScopeBridge.ready(this);
  }

  @Override
  public void close() {
    ScopeBridge.ready(null);
  }

  List<String> scopes() {
    return scopes;
  }

  @Nullable List<@Nullable Object> lastCall() {
    return lastCall;
  }

  List<Throwable> failures() {
    return failures;
  }

  /** Runs with the calling thread counting; gives its counts by class and method. */
  Map<String, Count> count(SiteTable sites, Callable<?> work) throws Exception {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    counters.setPages(new long[0][]);
    counters.setCountdownBytes(Long.MAX_VALUE);
    AllocationHook.enable(true);
    counters.setActive(true);
    try {
      Object unused = work.call();
    } finally {
      counters.setActive(false);
      AllocationHook.enable(false);
      ThreadTable.forgetCurrentThread();
    }
    return byMethod(sites, counters.pages());
  }

  private static Map<String, Count> byMethod(SiteTable sites, long[][] pages) {
    Map<String, Count> counts = new HashMap<>();
    for (int number = 0; number < sites.count(); number++) {
      int page = number >>> ThreadCounters.PAGE_SHIFT;
      if (page < pages.length && pages[page] != null) {
        int at = 2 * (number % ThreadCounters.PAGE_SITES);
        long objects = pages[page][at];
        long second = pages[page][at + 1];
        if (objects != 0) {
          AllocationSite site = sites.get(number);
          String className = site.className();
          counts.merge(
              className.substring(className.lastIndexOf('.') + 1) + "." + site.methodName(),
              new Count(objects, site.fixedClass() ? objects * second : second),
              Count::plus);
        }
      }
    }
    return counts;
  }

  @Override
  public long instanceBytes(@Nullable Object instance, int site) {
    return INSTANCE_BYTES;
  }

  @Override
  public void enterMethod(int method, @Nullable Object @Nullable [] call) {
    lastCall = call == null ? null : Arrays.asList(call);
    scopes.add("enter " + method);
  }

  @Override
  public void exitMethod(int method) {
    scopes.add("exit " + method);
  }

  @Override
  public void enterWork(ThreadCounters counters, @Nullable Object scope) {}

  @Override
  public void leaveWork(ThreadCounters counters) {}

  @Override
  public void pause(Object handle) {}

  @Override
  public void resume(Object handle) {}

  @Override
  public WorkScope workOf(Object handle) {
    return new WorkScope(handle, null);
  }

  @Override
  public void failed(Throwable failure) {
    failures.add(failure);
  }

  @Override
  public boolean threadSeen(ThreadCounters counters) {
    return true;
  }

  @Override
  public void threadEnding(ThreadCounters counters) {}

  @Override
  public Object find(ThreadCounters counters) {
    return "found";
  }

  @Override
  public @Nullable Error sample(
      ThreadCounters counters, @Nullable Object allocated, int site, long sizeBytes) {
    return null;
  }

  @Override
  public byte[] weaveHidden(byte[] classFile) {
    return classFile;
  }

  @Override
  public @Nullable Object open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    return null;
  }

  @Override
  public void close(Object handle) {}

  @Override
  public String file(Object handle) {
    return "";
  }
}
