package dev.heaplight.monitor.session;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionStateTest {
  private static final int RACES = 1_000;
  private static final int RACERS = 4;

  @TempDir private Path directory;

  @Test
  void decisionIsSeenThroughEveryMapping() throws IOException {
    SessionState ours = enrolled(1);
    SessionState theirs = enrolled(2);
    assertNull(theirs.current());
    Decision made = requireNonNull(ours.propose(ours.version(), decision(77)));
    assertEquals(made, theirs.current());
    assertEquals(1, made.sequence());
    assertEquals(new ProcessIdentity(77, 770), made.victim());
    assertEquals(Decision.Phase.DECIDED, made.phase());
    assertEquals(Decision.Action.KILL_WORKER, made.action());
    assertEquals(Decision.levelOf("/a/group"), made.level());
    assertEquals(1, made.decider());
  }

  @Test
  void decisionOnAnOldViewIsRefused() throws IOException {
    SessionState ours = enrolled(1);
    SessionState theirs = enrolled(2);
    long before = theirs.version();
    assertNotNull(ours.propose(ours.version(), decision(77)));
    assertNull(theirs.propose(before, decision(88)));
    assertEquals(77, requireNonNull(theirs.current()).victim().pid());
    assertNotNull(theirs.propose(theirs.version(), decision(88)));
    assertEquals(2, requireNonNull(ours.current()).sequence());
  }

  @Test
  void phasesOnlyGoForward() throws IOException {
    SessionState state = enrolled(1);
    Decision made = requireNonNull(state.propose(state.version(), decision(77)));
    assertTrue(state.advance(made, Decision.Phase.CARRIED_OUT));
    assertFalse(state.advance(made, Decision.Phase.FLUSHED));
    assertFalse(state.advance(made, Decision.Phase.CARRIED_OUT));
    assertEquals(Decision.Phase.CARRIED_OUT, requireNonNull(state.current()).phase());
    assertTrue(state.advance(made, Decision.Phase.SETTLED));
    assertTrue(requireNonNull(state.current()).isSettled());
    Decision next = state.propose(state.version(), decision(88));
    assertFalse(state.advance(made, Decision.Phase.SETTLED));
    assertEquals(Decision.Phase.DECIDED, requireNonNull(state.current()).phase());
    assertEquals(next, state.current());
  }

  @Test
  void ofManyThatLookAtOneEventOneDecides() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(RACERS);
    try {
      List<SessionState> states = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        states.add(enrolled(10 + i));
      }
      for (int race = 1; race <= RACES; race++) {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
          SessionState state = states.get(i);
          int victim = 1000 + i;
          results.add(pool.submit(() -> decides(state, start, victim)));
        }
        int winners = 0;
        int winner = -1;
        for (int i = 0; i < RACERS; i++) {
          if (results.get(i).get()) {
            winners++;
            winner = i;
          }
        }
        assertEquals(1, winners);
        for (SessionState state : states) {
          assertEquals(race, requireNonNull(state.current()).sequence());
          assertEquals(1000 + winner, requireNonNull(state.current()).victim().pid());
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean decides(SessionState state, CyclicBarrier start, long victim)
      throws InterruptedException, BrokenBarrierException {
    long version = state.version();
    start.await();
    return state.propose(version, decision(victim)) != null;
  }

  @Test
  void slotsOfTheDeadAreTakenOver() throws IOException {
    for (int i = 0; i < SessionState.SLOTS / 2; i++) {
      assertTrue(SessionState.open(file()).enrol(100 + i, pid -> true));
    }
    SessionState late = SessionState.open(file());
    assertFalse(late.enrol(999, pid -> true));
    assertNull(late.propose(late.version(), decision(1)));
    assertTrue(SessionState.open(file()).enrol(999, pid -> pid != 150));
  }

  @Test
  void flushesAreCounted() throws IOException {
    SessionState state = enrolled(1);
    state.requestFlush();
    state.requestFlush();
    assertEquals(2, SessionState.open(file()).flushRequests());
  }

  @Test
  void stateOfAnotherVersionIsRefused() throws IOException {
    SessionState unused = enrolled(1);
    byte[] bytes = Files.readAllBytes(file());
    bytes[SessionState.VERSION_OFFSET] = 9;
    Files.write(file(), bytes);
    IOException refused = assertThrows(IOException.class, () -> SessionState.open(file()));
    assertEquals(
        "monitor state: expected version=1, actual=9, magic=534d4c48, path=" + file(),
        refused.getMessage());
  }

  @Test
  void oneOfTwoLeads() throws IOException {
    Path lock = directory.resolve("leader");
    try (Leadership first = Leadership.open(lock);
        Leadership second = Leadership.open(lock)) {
      assertTrue(first.lead());
      assertTrue(first.lead());
      assertFalse(second.lead());
    }
    try (Leadership third = Leadership.open(lock)) {
      assertTrue(third.lead());
    }
  }

  private SessionState enrolled(long pid) throws IOException {
    SessionState state = SessionState.open(file());
    assertTrue(state.enrol(pid, other -> true));
    return state;
  }

  private Path file() {
    return directory.resolve("state");
  }

  private static Decision decision(long victim) {
    return new Decision(
        0,
        new ProcessIdentity(victim, victim * 10),
        Decision.WHOLE_WORKER,
        Decision.Action.KILL_WORKER,
        Decision.Phase.DECIDED,
        5,
        600,
        Decision.levelOf("/a/group"),
        0);
  }
}
