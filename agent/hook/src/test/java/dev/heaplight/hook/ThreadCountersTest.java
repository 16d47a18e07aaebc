package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHook.class)
@Timeout(60)
class ThreadCountersTest {
  private static final int INITIAL_SLOTS = 1024;
  private static final int MAX_PROBES = 8;
  private static final long STACK_BYTES = 1 << 17;

  @Test
  void threadKeepsItsCounters() {
    ThreadCounters counters = ThreadTable.current();
    assertSame(Thread.currentThread(), counters.owner());
    assertSame(counters, ThreadTable.current());
    assertSame(counters, ThreadTable.ofCurrentThread());
    assertFalse(counters.active());
  }

  @Test
  void engineSeesEachThreadOnceAndBeforeItCounts() {
    EngineDouble engine = new EngineDouble();
    AllocationHook.connect(engine);
    assertSame(ThreadTable.current(), ThreadTable.ofCurrentThread());
    assertEquals(List.of("threadSeen"), engine.calls);
    assertFalse(engine.activeInside);
  }

  @Test
  void manyThreadsFindTheirOwn() throws InterruptedException {
    Crowd crowd = new Crowd(2 * INITIAL_SLOTS, i -> new Member());
    crowd.assertEachHasItsOwn();
  }

  @Test
  void collisionsBeyondTheProbesGrowTheTable() throws InterruptedException {
    Crowd crowd = new Crowd(3 * MAX_PROBES, i -> new MemberWithId(5 + i * (long) INITIAL_SLOTS));
    crowd.assertEachHasItsOwn();
  }

  @Test
  void negativeThreadIdsFindTheirOwn() throws InterruptedException {
    Crowd crowd = new Crowd(MAX_PROBES, i -> new MemberWithId(-1 - i));
    crowd.assertEachHasItsOwn();
  }

  @Test
  void threadsOfOneIdNeverShareCounters() throws InterruptedException {
    Crowd crowd = new Crowd(3 * MAX_PROBES, i -> new MemberWithId(7));
    crowd.assertNoneHasAnothers();
    assertEquals(MAX_PROBES, crowd.ownCounters());
  }

  @Test
  void threadWithoutAnIdYetStaysUncounted() throws InterruptedException {
    Crowd crowd = new Crowd(1, i -> new MemberWithId(0));
    crowd.assertNoneHasAnothers();
    assertEquals(0, crowd.ownCounters());
  }

  @Test
  void threadWithAnothersIdGetsItsOwn() throws InterruptedException {
    ThreadCounters mine = ThreadTable.ofCurrentThread();
    Member other = new MemberWithId(Thread.currentThread().getId());
    Crowd crowd = new Crowd(1, i -> other);
    crowd.assertEachHasItsOwn();
    assertNotSame(mine, other.found);
    assertSame(mine, ThreadTable.current());
  }

  @Test
  void forgottenThreadStartsAnew() {
    ThreadCounters first = ThreadTable.current();
    first.page(3)[0] = 1;
    ThreadTable.forgetCurrentThread();
    assertNull(ThreadTable.probe(Thread.currentThread()));
    ThreadCounters second = ThreadTable.current();
    assertNotSame(first, second);
    assertEquals(0, second.pages().length);
  }

  @Test
  void forgettingKeepsTheNeighbours() throws InterruptedException {
    Member[] members = {new MemberWithId(7), new MemberWithId(7), new MemberWithId(7)};
    members[1].forgets = true;
    Crowd crowd = new Crowd(members.length, i -> members[i]);
    crowd.assertNoneHasAnothers();
    assertSame(members[0].found, members[0].foundAtLast);
    assertSame(members[2].found, members[2].foundAtLast);
    assertNotSame(members[1].found, members[1].foundAtLast);
  }

  @Test
  void endedThreadsAreForgottenAndOthersAreKept() throws InterruptedException {
    ThreadCounters mine = ThreadTable.ofCurrentThread();
    Member ended = new Member();
    new Crowd(1, i -> ended).assertEachHasItsOwn();
    assertNotNull(ThreadTable.probe(ended));
    ThreadTable.forgetEndedThreads();
    assertNull(ThreadTable.probe(ended));
    assertSame(mine, ThreadTable.probe(Thread.currentThread()));
  }

  @Test
  void pagesComeIntoBeingAtTheirFirstSite() {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    assertEquals(0, counters.pages().length);
    long[] page = counters.page(2 * ThreadCounters.PAGE_SITES + 5);
    assertEquals(2 * ThreadCounters.PAGE_SITES, page.length);
    assertEquals(3, counters.pages().length);
    assertNull(counters.pages()[0]);
    assertSame(page, counters.page(2 * ThreadCounters.PAGE_SITES));
    assertSame(page, counters.page(3 * ThreadCounters.PAGE_SITES - 1));
    assertNotSame(page, counters.page(3 * ThreadCounters.PAGE_SITES));
    assertSame(page, counters.page(2 * ThreadCounters.PAGE_SITES));
  }

  @Test
  void bytesOfPagesAreKept() {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    long pageBytes = 16 + 8L * 2 * ThreadCounters.PAGE_SITES;
    counters.page(0);
    assertEquals(24 + pageBytes, counters.pageBytes());
    counters.page(1);
    assertEquals(24 + pageBytes, counters.pageBytes());
    counters.page(ThreadCounters.PAGE_SITES);
    assertEquals(24 + 24 + 2 * pageBytes, counters.pageBytes());
  }

  @Test
  void otherPagesTakeThePlaceOfThePresentOnes() {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    long[] outer = counters.page(0);
    long[][] outerPages = counters.pages();
    counters.setPages(new long[0][]);
    assertNotSame(outer, counters.page(0));
    counters.setPages(outerPages);
    assertSame(outer, counters.page(0));
  }

  /** Threads that are all alive, and registered, before any of them looks itself up again. */
  private static final class Crowd {
    private final List<Member> members = new ArrayList<>();

    Crowd(int size, IntFunction<Member> newMember) throws InterruptedException {
      CountDownLatch registered = new CountDownLatch(size);
      CountDownLatch forgotten = new CountDownLatch(size);
      for (int i = 0; i < size; i++) {
        Member member = newMember.apply(i);
        member.registered = registered;
        member.forgotten = forgotten;
        members.add(member);
      }
      members.forEach(Thread::start);
      for (Member member : members) {
        member.join();
      }
    }

    void assertEachHasItsOwn() {
      assertNoneHasAnothers();
      assertEquals(members.size(), ownCounters());
    }

    void assertNoneHasAnothers() {
      for (Member member : members) {
        for (ThreadCounters found : new ThreadCounters[] {member.found(), member.foundAtLast()}) {
          assertTrue(found.owner() == member || found.owner() == null);
        }
        if (!member.forgets) {
          assertSame(member.found, member.foundAtLast);
        }
      }
    }

    long ownCounters() {
      return members.stream().filter(member -> member.found().owner() == member).count();
    }
  }

  private static class Member extends Thread {
    private @Nullable ThreadCounters found;
    private @Nullable ThreadCounters foundAtLast;
    private CountDownLatch registered = new CountDownLatch(0);
    private CountDownLatch forgotten = new CountDownLatch(0);
    private boolean forgets;

    Member() {
      super(null, null, "member", STACK_BYTES);
    }

    @Override
    public void run() {
      try {
        found = ThreadTable.current();
        registered.countDown();
        registered.await();
        if (forgets) {
          ThreadTable.forgetCurrentThread();
        }
        forgotten.countDown();
        forgotten.await();
        foundAtLast = ThreadTable.current();
      } catch (InterruptedException e) {
        interrupt();
      }
    }

    ThreadCounters found() {
      return Objects.requireNonNull(found);
    }

    ThreadCounters foundAtLast() {
      return Objects.requireNonNull(foundAtLast);
    }
  }

  private static final class MemberWithId extends Member {
    private final long id;

    MemberWithId(long id) {
      this.id = id;
    }

    @Override
    public long getId() {
      return id;
    }
  }
}
