package dev.heaplight.hook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine that notes its calls, and throws from each of them if told to. */
final class EngineDouble extends EngineLink {
  static final long INSTANCE_BYTES = 24;

  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  @Nullable Error thrown;
  @Nullable Error thrownByFailed;
  @Nullable Error limitExceeded;
  @Nullable Object handle = "handle";
  long nextCountdownBytes = Long.MAX_VALUE;
  boolean activeInside;
  boolean placesThreads = true;

  @Override
  public boolean threadSeen(ThreadCounters counters) {
    called("threadSeen");
    return placesThreads;
  }

  @Override
  public void threadEnding(ThreadCounters counters) {
    called("threadEnding");
  }

  @Override
  public long instanceBytes(@Nullable Object instance, int site) {
    called("instanceBytes");
    return INSTANCE_BYTES;
  }

  @Override
  public Object find(ThreadCounters counters) {
    return "found";
  }

  @Override
  public @Nullable Error sample(
      ThreadCounters counters, @Nullable Object allocated, int site, long sizeBytes) {
    counters.setCountdownBytes(nextCountdownBytes);
    called("sample site=" + site + " size=" + sizeBytes);
    return limitExceeded;
  }

  @Override
  public byte[] weaveHidden(byte[] classFile) {
    called("weaveHidden");
    return new byte[] {42};
  }

  @Override
  public @Nullable Object open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    called("open " + request + (errors == null ? "" : " limited"));
    return handle;
  }

  @Override
  public void close(Object closed) {
    called("close " + closed);
  }

  @Override
  public String file(Object asked) {
    called("file " + asked);
    return "/tmp/" + asked;
  }

  @Override
  public void enterMethod(int method, @Nullable Object @Nullable [] call) {
    called("enterMethod " + method);
  }

  @Override
  public void exitMethod(int method) {
    called("exitMethod " + method);
  }

  @Override
  public void enterWork(ThreadCounters counters, @Nullable Object scope) {
    counters.setChangedDepth(counters.depth());
    called("enterWork " + scope);
  }

  @Override
  public void leaveWork(ThreadCounters counters) {
    counters.setChangedDepth(0);
    called("leaveWork");
  }

  @Override
  public void pause(Object paused) {
    called("pause " + paused);
  }

  @Override
  public void resume(Object resumed) {
    called("resume " + resumed);
  }

  @Override
  public WorkScope workOf(Object asked) {
    called("workOf " + asked);
    return new WorkScope(asked, null);
  }

  @Override
  public void failed(Throwable failure) {
    failures.add(failure);
    if (thrownByFailed != null) {
      throw thrownByFailed;
    }
  }

  private void called(String call) {
    calls.add(call);
    activeInside |= ThreadTable.ofCurrentThread().active();
    if (thrown != null) {
      throw thrown;
    }
  }
}
