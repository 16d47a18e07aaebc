package dev.heaplight.engine.record;

import dev.heaplight.engine.weave.AllocationSite;
import dev.heaplight.engine.weave.JdkPackages;
import dev.heaplight.engine.weave.SiteTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a thread whose scope has reached a limit is to fail now, and with what.
 *
 * <p>Where: at an allocation in the application's own or a library's code, never inside the JDK,
 * whose structures would be left half changed, and never below a class initialiser, whose class
 * would be unusable from then on. Boxing counts as its caller's. Elsewhere the next allocation is
 * asked and, after many in vain, one every some kilobytes: a look costs some microseconds.
 */
public final class LimitKeeper {
  private static final String API_PACKAGE = "dev.heaplight.";
  private static final String BOXING = "valueOf";

  private final SiteTable sites;

  /** Creates a keeper that knows sites by this table. */
  public LimitKeeper(SiteTable sites) {
    this.sites = sites;
  }

  /** The error to throw at this site in the thread with this id, or null. */
  @Nullable Error error(ThreadScope share, long threadId, int site) {
    for (Scope scope = share.scope(); scope != null; scope = scope.parent()) {
      ScopeFailure failure = scope.task().failure();
      if (failure != null && failure.concerns(threadId)) {
        if (mayFailAt(site)) {
          return failure.take(threadId);
        }
        failure.refused();
      }
      ScopeLimits limits = scope.limits();
      ScopeLimits.Reached reached = limits == null ? null : limits.reached();
      if (limits != null && reached != null) {
        if (!mayFailAt(site)) {
          limits.refused();
          return null;
        }
        scope.tallyMembers(); // takes back what was counted and never allocated
        reached = limits.reached();
        return reached != null && limits.rearm(reached) ? error(scope, limits, reached) : null;
      }
    }
    return null;
  }

  private boolean mayFailAt(int site) {
    AllocationSite at = sites.get(site);
    boolean boxing = at.methodName().equals(BOXING) && at.className().startsWith("java.lang.");
    if ((JdkPackages.contain(at.className()) && !boxing) || isApi(at.className())) {
      return false;
    }
    String caller = null;
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      String className = frame.getClassName();
      if (frame.getMethodName().equals("<clinit>")) {
        return false;
      }
      boolean leaf =
          className.equals(at.className())
              || className.startsWith("dev.heaplight.hook.")
              || className.startsWith("dev.heaplight.engine.");
      if (caller == null && !leaf) {
        caller = className;
      }
    }
    return !boxing || (caller != null && !JdkPackages.contain(caller));
  }

  /** The tracker itself: an error out of its opening would leave the new scope open for good. */
  private static boolean isApi(String className) {
    return className.startsWith(API_PACKAGE) && className.indexOf('.', API_PACKAGE.length()) < 0;
  }

  private @Nullable Error error(Scope scope, ScopeLimits limits, ScopeLimits.Reached reached) {
    scope.tallyMembers();
    scope.readSamples();
    scope.flush();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("scope", scope.name());
    facts.put("id", scope.id());
    facts.put("limit", reached.kind());
    facts.put("limitBytes", Long.toString(reached.limitBytes()));
    facts.put("usedBytes", Long.toString(reached.usedBytes()));
    facts.put("hottestStack", scope.hottestStack());
    facts.put("recording", scope.file().toString());
    facts.put("attempt", Integer.toString(scope.task().terms().attempt()));
    facts.put("retriable", Boolean.toString(scope.task().terms().retriable()));
    return limits.error(facts);
  }
}
