package dev.heaplight.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryLineTest {
  private final MemoryLine line = new MemoryLine();

  @Test
  void everyPointIsHandedOutOnce() {
    add(1);
    long first = line.next();
    add(2);
    add(3);
    long second = line.next();
    add(4);
    assertEquals(List.of(2L, 3L), nanos(first, second));
    assertEquals(List.of(4L), nanos(second, line.next()));
    assertEquals(List.of(), nanos(line.next(), line.next()));
  }

  @Test
  void readerThatComesTooLateHasTheLatestPoints() {
    for (int i = 0; i < MemoryLine.MAX_POINTS + 5; i++) {
      add(i);
    }
    List<Long> held = nanos(0, line.next());
    assertEquals(MemoryLine.MAX_POINTS, held.size());
    assertEquals(5, held.get(0));
    assertEquals(MemoryLine.MAX_POINTS + 4L, held.get(held.size() - 1));
  }

  @Test
  void sleeperWakesWhenPointsAreWanted() throws InterruptedException {
    Thread sleeper = new Thread(line::awaitWanted);
    sleeper.start();
    while (sleeper.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(100_000);
    }
    LockSupport.unpark(sleeper); // a wake-up without a reason
    line.want(false);
    assertTrue(sleeper.isAlive());
    line.want(true);
    sleeper.join();
    assertTrue(line.isWanted());
    line.want(false);
    assertFalse(line.isWanted());
  }

  private void add(long nanos) {
    line.add(new MemoryPoint(nanos, 1, 2, 3, 4, 5, 6, null));
  }

  private List<Long> nanos(long first, long end) {
    return line.between(first, end).stream().map(MemoryPoint::nanos).toList();
  }
}
