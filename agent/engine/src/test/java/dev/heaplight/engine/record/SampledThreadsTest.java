package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.profiler.SampleReceiver;
import dev.heaplight.engine.profiler.SampleSource;
import dev.heaplight.engine.profiler.ThreadMark;
import dev.heaplight.engine.sample.StackTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a profiler is started, rests and is started again. */
class SampledThreadsTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AgentLog log =
      new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8), false);
  private final OffHeapLedger ledger = new OffHeapLedger(new StackTable());
  private final Source source = new Source();

  /** A profiler that does as it is told. */
  private static final class Source implements SampleSource {
    private boolean running;
    private boolean nativeMemory = true;
    private boolean stopsAtPoll;
    private boolean givesNativeMemoryUp;
    private @Nullable String startFailure;
    private int starts;

    @Override
    public String name() {
      return "profiler";
    }

    @Override
    public boolean followsNativeMemory() {
      return nativeMemory;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public void start() throws IOException {
      if (startFailure != null) {
        throw new IOException(startFailure);
      }
      starts++;
      running = true;
    }

    @Override
    public long poll(SampleReceiver receiver) {
      if (stopsAtPoll) {
        running = false;
        throw new IllegalStateException("unreadable");
      }
      nativeMemory &= !givesNativeMemoryUp;
      return System.nanoTime();
    }

    @Override
    public long intervalBytes() {
      return 1;
    }

    @Override
    public void pause() {
      running = false;
    }

    @Override
    public void close() {
      running = false;
    }

    @Override
    public long lastSampleNanos(ThreadMark mark) {
      return Long.MAX_VALUE;
    }

    @Override
    public ThreadMark markCurrentThread() {
      return ThreadMark.NONE;
    }
  }

  private SampledThreads threads(long restAfterNanos) {
    SampledThreads threads = new SampledThreads(ledger, restAfterNanos, log);
    threads.setSource(source);
    threads.start();
    return threads;
  }

  @Test
  void restsWhenNobodyHasWantedSamplesForAWhileAndWakesWithTheNextScope() {
    SampledThreads threads = threads(0);
    threads.rest(true);
    assertTrue(source.running);
    threads.rest(false);
    assertFalse(source.running);
    assertFalse(threads.followsNativeMemory());
    threads.read();
    assertFalse(source.running, "reading what there is does not wake it");
    threads.start();
    assertTrue(source.running);
    assertEquals(2, source.starts);
    assertEquals("", threads.shortcoming());
  }

  @Test
  void goesOnBetweenTasksThatFollowEachOther() {
    SampledThreads threads = threads(TimeUnit.MINUTES.toNanos(1));
    threads.rest(false);
    assertTrue(source.running);
  }

  @Test
  void isBegunAgainAfterAFailureOfWhateverKind() {
    SampledThreads threads = threads(0);
    source.stopsAtPoll = true;
    threads.read();
    assertFalse(source.running);
    source.stopsAtPoll = false;
    threads.read();
    assertTrue(source.running);
    assertEquals("", threads.shortcoming());
  }

  @Test
  void whatDoesNotStartIsSaidOnceAndInEveryRecordingUntilItDoes() {
    SampledThreads threads = threads(0);
    source.running = false;
    source.startFailure = "another one samples";
    threads.read();
    threads.read();
    String text =
        "Stacks are not sampled for now, only totals are known: profiler does not start,"
            + " another one samples.";
    assertEquals(text, threads.shortcoming());
    assertEquals(text, threads.takeNews());
    assertNull(threads.takeNews());
    assertEquals("heaplight: " + text + "\n", said.toString(StandardCharsets.UTF_8));
    source.startFailure = null;
    threads.read();
    assertEquals("", threads.shortcoming());
    assertTrue(source.running);
  }

  @Test
  void nativeMemoryThatIsGivenUpIsSaid() {
    SampledThreads threads = threads(0);
    threads.read();
    assertNull(threads.takeNews());
    source.givesNativeMemoryUp = true;
    threads.read();
    String news = threads.takeNews();
    assertTrue(news != null && news.startsWith("Native code's blocks are not followed any more"));
    assertFalse(threads.followsNativeMemory());
    assertEquals("", threads.shortcoming(), "stacks are sampled as before");
  }
}
