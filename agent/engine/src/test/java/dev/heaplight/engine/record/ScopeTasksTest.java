package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.record.OpenScopes.ToldError;
import dev.heaplight.format.AgentCost;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeTasksTest {
  private static final long A_MINUTE_MILLIS = TimeUnit.MINUTES.toMillis(1);
  private static final long HELD_MILLIS = 400;

  @TempDir Path session;
  private OpenScopes scopes;
  private ScopeTasks tasks;

  @BeforeEach
  void begin() {
    scopes = new OpenScopes(session);
    tasks = scopes.all().tasks();
  }

  @AfterEach
  void end() {
    scopes.close();
  }

  @Test
  void anErrorThatNobodyCompletesSaysWhatIsKnownFromTheStart() {
    Scope scope = scopes.open("job", "id", "4711-1", "retriable", "false", "attempt", "3");
    assertNotNull(tasks.fail(scope.task().key()));
    assertEquals(
        Map.of(
            "scope", "job",
            "id", "4711-1",
            "attempt", "3",
            "retriable", "false",
            "limit", "node",
            "message", "Task was failed because its node is running low on memory.",
            "recording", session.resolve("logs/job-4711-1.heaplight").toString()),
        told().facts());
  }

  @Test
  void anErrorSaysWhatItWasCompletedWith() {
    Scope scope = scopes.open("job");
    fail(scope).complete(Map.of("message", "complete"));
    assertEquals(Map.of("message", "complete"), told().facts());
  }

  @Test
  void hottestStackIsTheOneThatAllocatedMost() {
    Scope scope = scopes.open("job");
    scopes.allocate(scope, "little", 100);
    scopes.allocate(scope, "most", 60);
    scopes.allocate(scope, "most", 50);
    scope.flush();
    assertEquals(
        "com.acme.Job.most(Job.java:7)\ncom.acme.Main.main(Main.java:3)",
        fail(scope).hottestStack());
  }

  @Test
  void aTaskThatCaughtItsErrorGoesOnWithoutALookAtEachAllocation() {
    Scope scope = scopes.open("job");
    ScopeTasks.Failing failing = fail(scope);
    failing.complete(Map.of());
    assertNotNull(scopes.look());
    assertNull(scopes.look());
    assertTrue(
        scopes.counters().countdownBytes() > 0,
        () -> "bytes to the next look=" + scopes.counters().countdownBytes());
  }

  @Test
  void anOrderIsDroppedWhenAllThreadsWereTold() throws InterruptedException {
    Scope scope = scopes.open("job");
    ScopeTasks.Failing failing = fail(scope);
    failing.complete(Map.of());
    assertNotNull(scopes.lookInNewThread(scope));
    assertTrue(failing.insist());
    assertTrue(scope.isLimited(), "the opener was not told yet");
    assertNotNull(scopes.look());
    assertTrue(failing.insist(), "the task is not over");
    assertFalse(scope.isLimited());
  }

  @Test
  void threadsThatWereNotToldAreHurried() {
    Scope scope = scopes.open("job");
    ScopeTasks.Failing failing = fail(scope);
    scopes.counters().setCountdownBytes(1_000);
    assertTrue(failing.insist());
    assertTrue(scopes.counters().countdownBytes() < 0);
  }

  @Test
  void aSettledOrderFailsNobody() {
    Scope scope = scopes.open("job");
    ScopeTasks.Failing failing = fail(scope);
    failing.settle();
    assertNull(scopes.look());
    assertFalse(failing.insist());
    assertFalse(scope.isLimited());
  }

  @Test
  void aTaskThatIsOverIsNotInsistedOn() {
    Scope scope = scopes.open("job");
    ScopeTasks.Failing failing = fail(scope);
    scopes.all().close(scope);
    assertFalse(failing.insist());
  }

  @Test
  void onlyTasksThatCanFailAreBraked() {
    Scope task = scopes.open("job");
    Scope inner = scopes.open("inner");
    tasks.brake(A_MINUTE_MILLIS, false);
    assertTrue(task.task().isHeld());
    assertFalse(inner.task().isHeld(), "its threads wait for the task around it");

    scopes.all().close(inner);
    scopes.all().close(task);
    Scope unfailing = scopes.openUnfailing("server");
    tasks.brake(A_MINUTE_MILLIS, false);
    assertFalse(unfailing.task().isHeld());
    scopes.all().close(unfailing);
    Scope process = scopes.open("java", "kind", "process");
    tasks.brake(A_MINUTE_MILLIS, false);
    assertFalse(process.task().isHeld());
  }

  @Test
  void tasksThatCannotFailAreBrakedWhereTheirWorkerMayBeKilled() {
    Scope unfailing = scopes.openUnfailing("job");
    Scope process = scopes.open("java", "kind", "process");
    tasks.brake(A_MINUTE_MILLIS, true);
    assertTrue(unfailing.task().isHeld());
    assertFalse(process.task().isHeld());
    tasks.holdBack(0);
  }

  @Test
  void aWorkerThatIsToBeKilledIsHeldBackAsAWhole() {
    Scope process = scopes.openUnfailing("java", "kind", "process");
    Scope task = scopes.open("job");
    tasks.holdBack(A_MINUTE_MILLIS);
    assertTrue(process.task().isHeld());
    assertTrue(task.task().isHeld());
    tasks.holdBack(0);
  }

  @Test
  void aThreadThatWasHeldBackPaysNothingForThat() throws IOException {
    Scope scope = scopes.open("job");
    long startNanos = System.nanoTime();
    scope.task().holdBack(HELD_MILLIS); // and not hurried: the look is a sample too
    assertNull(scopes.look());
    assertTrue(System.nanoTime() - startNanos >= TimeUnit.MILLISECONDS.toNanos(HELD_MILLIS));
    scopes.all().flush();
    long billedMillis = TimeUnit.NANOSECONDS.toMillis(agentCpuNanos(scope));
    assertTrue(billedMillis < HELD_MILLIS / 2, () -> "billed=" + billedMillis + " ms");
  }

  private static long agentCpuNanos(Scope scope) throws IOException {
    AtomicLong nanos = new AtomicLong();
    ReadOutcome unused =
        RecordingReader.read(
            scope.file(),
            new RecordingVisitor() {
              @Override
              public void agent(AgentCost cost) {
                nanos.set(cost.cpuNanos());
              }
            });
    return nanos.get();
  }

  private ScopeTasks.Failing fail(Scope scope) {
    return Objects.requireNonNull(tasks.fail(scope.task().key()));
  }

  private ToldError told() {
    return Objects.requireNonNull(scopes.look());
  }
}
