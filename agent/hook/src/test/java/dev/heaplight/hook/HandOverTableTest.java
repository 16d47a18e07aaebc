package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandOverTableTest {
  private static final WorkScope FIRST = new WorkScope("first", null);
  private static final WorkScope SECOND = new WorkScope("second", null);

  private final HandOverTable table = new HandOverTable();
  private final Object task = new Object();

  @Test
  void taskIsTakenOnce() {
    assertTrue(table.add(task, FIRST, HandOverTable.QUEUED) > 0);
    assertSame(FIRST, table.take(task));
    assertNull(table.take(task));
    assertEquals(0, table.size());
  }

  @Test
  void sameTaskIsTakenInTheOrderItWasAdded() {
    table.add(task, FIRST, HandOverTable.QUEUED);
    table.add(task, SECOND, HandOverTable.QUEUED);
    table.add(task, FIRST, HandOverTable.QUEUED);
    assertSame(FIRST, table.take(task));
    assertSame(SECOND, table.take(task));
    assertSame(FIRST, table.take(task));
    assertNull(table.take(task));
  }

  @Test
  void equalTasksAreNotTheSame() {
    String one = new String(new char[] {'a'});
    String other = new String(new char[] {'a'});
    table.add(one, FIRST, HandOverTable.QUEUED);
    assertNull(table.take(other));
    assertSame(FIRST, table.take(one));
  }

  @Test
  void forkTakesThePlaceOfOneThatNeverRan() {
    table.add(task, FIRST, HandOverTable.FORKED);
    table.add(task, SECOND, HandOverTable.FORKED);
    assertSame(SECOND, table.take(task));
    assertNull(table.take(task));
  }

  @Test
  void keptTaskStaysWithItsFirstScope() {
    table.add(task, FIRST, HandOverTable.KEPT);
    assertEquals(0, table.add(task, SECOND, HandOverTable.KEPT));
    assertEquals(0, table.add(task, SECOND, HandOverTable.QUEUED));
    assertEquals(0, table.add(task, SECOND, HandOverTable.FORKED));
    table.withdraw(task);
    assertSame(FIRST, table.take(task));
    assertSame(FIRST, table.take(task));
  }

  @Test
  void threadStaysWithTheFirstWhoStartsItAndIsTakenOnce() {
    table.add(task, WorkScope.NONE, HandOverTable.ONCE);
    assertEquals(0, table.add(task, FIRST, HandOverTable.ONCE));
    assertSame(WorkScope.NONE, table.take(task));
    assertNull(table.take(task));
  }

  @Test
  void withdrawnTaskIsTheNewest() {
    table.add(task, FIRST, HandOverTable.QUEUED);
    table.add(task, SECOND, HandOverTable.QUEUED);
    table.withdraw(task);
    assertSame(FIRST, table.take(task));
    assertNull(table.take(task));
  }

  @Test
  void newEraMakesAllVoid() {
    table.add(task, FIRST, HandOverTable.QUEUED);
    Object kept = new Object();
    table.add(kept, FIRST, HandOverTable.KEPT);
    table.newEra();
    assertNull(table.take(task));
    assertNull(table.take(kept));
    table.add(task, SECOND, HandOverTable.QUEUED);
    assertSame(SECOND, table.take(task));
    table.sweep();
    assertEquals(0, table.size());
  }

  @Test
  void collectedTasksLeaveNothing() {
    for (int i = 0; i < 10_000; i++) {
      table.add(new Object(), FIRST, i % 2 == 0 ? HandOverTable.QUEUED : HandOverTable.KEPT);
    }
    table.add(task, SECOND, HandOverTable.QUEUED);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (table.size() > 1 && System.nanoTime() < deadline) {
      System.gc();
      table.sweep();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertEquals(1, table.size());
    assertSame(SECOND, table.take(task));
  }

  @Test
  void threadsThatAddAndTakeAtOnceLoseNothing() throws InterruptedException {
    int threads = 4;
    int rounds = 50_000;
    CountDownLatch start = new CountDownLatch(threads);
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger shared = new AtomicInteger();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      WorkScope own = new WorkScope(i, null);
      all.add(
          new Thread(
              () -> {
                start.countDown();
                await(start);
                for (int round = 0; round < rounds; round++) {
                  Object mine = new Object();
                  table.add(mine, own, HandOverTable.QUEUED);
                  table.add(task, own, HandOverTable.QUEUED);
                  wrong.addAndGet(table.take(mine) == own ? 0 : 1);
                  shared.addAndGet(table.take(task) == null ? 0 : 1);
                }
              }));
    }
    all.forEach(Thread::start);
    for (Thread thread : all) {
      thread.join();
    }
    assertEquals(0, wrong.get());
    assertEquals(threads * rounds, shared.get());
    table.sweep();
    assertEquals(0, table.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
