package dev.heaplight.engine;

import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.engine.weave.ClassWeaver;
import dev.heaplight.engine.weave.ClassWeaver.Sites;
import dev.heaplight.engine.weave.JdkPackages;
import dev.heaplight.engine.weave.LoadedClasses;
import java.lang.instrument.Instrumentation;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Weaves allocation hooks into classes that were loaded without them, when something needs them
 * after all: a task that is to fail in its own thread, or a scope that is to be counted.
 *
 * <p>Weaving a class throws its compiled code away, so the application pays for it twice: while the
 * classes are retransformed, and until they are compiled again. It is not undone until the mode
 * changes.
 *
 * <p>Thread-safe. One thread weaves at a time.
 */
final class OnDemandWeaving implements CaptureMode.SiteWeaving {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Instrumentation instrumentation;
  private final ClassWeaver weaver;
  private final Supplier<Set<String>> busy;
  private final long waitMillis;
  private final AgentLog log;

  /** Held while classes are woven. Who only asks for that must not wait for it. */
  private final Object weaving = new Object();

  private volatile Sites done;
  private volatile Sites begun;

  /**
   * Starts with what the weaver weaves now.
   *
   * @param busy names of the classes that allocate most
   * @param waitMillis longest time somebody waits for weaving
   */
  OnDemandWeaving(
      Instrumentation instrumentation,
      ClassWeaver weaver,
      Supplier<Set<String>> busy,
      long waitMillis,
      AgentLog log) {
    this.busy = busy;
    this.instrumentation = instrumentation;
    this.weaver = weaver;
    this.waitMillis = waitMillis;
    this.log = log;
    this.done = weaver.sites();
    this.begun = done;
  }

  @Override
  public void wantApplication() {
    if (begun == Sites.NONE) { // the memory monitor asks, again and again
      begin(Sites.APPLICATION);
    }
  }

  @Override
  public boolean awaitApplication() {
    return weaveAndWait(Sites.APPLICATION);
  }

  @Override
  public boolean awaitAll() {
    return weaveAndWait(Sites.ALL);
  }

  private boolean weaveAndWait(Sites sites) {
    if (done.compareTo(sites) >= 0) {
      return true;
    }
    begin(sites);
    return await(sites);
  }

  /** Takes the hooks out of all classes again; returns when that is done. */
  void unweave() {
    synchronized (weaving) {
      Sites former = reset();
      if (former != Sites.NONE) {
        weaver.setSites(Sites.NONE);
        new LoadedClasses(instrumentation, log).weave(name -> weaver.concerns(name, former));
      }
    }
  }

  private synchronized Sites reset() {
    Sites former = begun;
    begun = Sites.NONE;
    done = Sites.NONE;
    return former;
  }

  private synchronized void begin(Sites sites) {
    if (begun.compareTo(sites) < 0) {
      begun = sites;
      try {
        new WeavingThread(sites).start();
      } catch (OutOfMemoryError e) {
        giveUp();
        throw e;
      }
    }
  }

  /** Lets those who wait go on, and the next who asks try again. */
  private synchronized void giveUp() {
    begun = done;
    notifyAll();
  }

  private void weave(Sites sites) {
    synchronized (weaving) {
      Sites former = done;
      if (former.compareTo(sites) >= 0 || begun != sites) {
        return; // another has done it, or more is wanted meanwhile, or nothing any more
      }
      long startNanos = System.nanoTime();
      weaver.setSites(sites); // first: what loads meanwhile is woven as it loads
      LoadedClasses loaded = new LoadedClasses(instrumentation, log);
      Set<String> first = busy.get();
      loaded.weave(name -> first.contains(name) && isDue(name, sites, former));
      loaded.weave(name -> !first.contains(name) && isDue(name, sites, former));
      done(sites);
      log.line(
          "allocation hooks woven into "
              + (sites == Sites.ALL ? "all classes" : "the application's classes")
              + " on demand: took="
              + (System.nanoTime() - startNanos) / NANOS_PER_MILLI
              + " ms");
    }
  }

  private synchronized void done(Sites sites) {
    done = sites;
    notifyAll();
  }

  private boolean isDue(String name, Sites sites, Sites former) {
    boolean woven = former == Sites.APPLICATION && !JdkPackages.contain(name);
    return weaver.concerns(name, sites) && !woven;
  }

  private synchronized boolean await(Sites sites) {
    long deadlineNanos = System.nanoTime() + waitMillis * NANOS_PER_MILLI;
    while (done.compareTo(sites) < 0) {
      long leftMillis = (deadlineNanos - System.nanoTime()) / NANOS_PER_MILLI;
      if (leftMillis <= 0 || begun.compareTo(sites) < 0) {
        return false;
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Weaving allocates, and must not count as the application's. */
  private final class WeavingThread extends AgentThread {
    private final Sites sites;

    WeavingThread(Sites sites) {
      super("heaplight-weaver");
      this.sites = sites;
    }

    @Override
    public void run() {
      try {
        weave(sites);
      } catch (Throwable t) {
        giveUp();
        log.report("allocation hooks not woven on demand", sites.name(), t);
      }
    }
  }
}
