package dev.heaplight.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.record.OpenScopes;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkerOrdersTest {
  private static final ProcessIdentity SELF = new ProcessIdentity(4_711, 1);
  private static final ProcessIdentity OTHER = new ProcessIdentity(4_712, 1);

  @TempDir Path session;
  private OpenScopes scopes;
  private MonitorDirectory directory;
  private SessionState state;
  private WorkerOrders orders;

  @BeforeEach
  void begin() throws IOException {
    scopes = new OpenScopes(session);
    directory = new MonitorDirectory(session).create();
    state = SessionState.open(directory.state());
    assertTrue(state.enrol(1, pid -> true));
    orders = start();
  }

  @AfterEach
  void end() {
    orders.close();
    scopes.close();
  }

  @Test
  void theErrorSaysWhatTheMonitorOrdered() throws IOException {
    Scope scope = scopes.open("job", "id", "1", "retriable", "false", "attempt", "2");
    scopes.allocate(scope, "run", 100);
    KeyValues.write(
        directory.order(1),
        Map.of("message", "Node is full.", "limitBytes", "900", "report", "/logs/oom.json"));
    failTask(SELF);
    awaitPhase(Decision.Phase.CARRIED_OUT);
    assertEquals(
        Map.of(
            "scope", "job",
            "id", "1",
            "attempt", "2",
            "retriable", "false",
            "limit", "node",
            "limitBytes", "900",
            "message", "Node is full.",
            "report", "/logs/oom.json",
            "hottestStack", "com.acme.Job.run(Job.java:7)\ncom.acme.Main.main(Main.java:3)",
            "recording", scope.file().toString()),
        Objects.requireNonNull(scopes.look()).facts());
    assertEquals(100, recordedBytes(scope));
  }

  @Test
  void anOrderThatDoesNotComeLeavesWhatTheWorkerKnows() {
    Scope scope = scopes.open("job", "id", "1", "retriable", "false");
    failTask(SELF);
    awaitPhase(Decision.Phase.CARRIED_OUT);
    assertEquals(
        Map.of(
            "scope", "job",
            "id", "1",
            "attempt", "1",
            "retriable", "false",
            "limit", "node",
            "message", "Task was failed because its node is running low on memory.",
            "hottestStack", "",
            "recording", scope.file().toString()),
        Objects.requireNonNull(scopes.look()).facts());
  }

  @Test
  void whatWasDecidedBeforeTheFirstLookIsCarriedOut() {
    Scope unused = scopes.open("job");
    decide(SELF, Decision.Action.FAIL_TASK, scopes.all().tasks().list().get(0).key());
    orders.close();
    orders = start();
    orders.look();
    awaitPhase(Decision.Phase.CARRIED_OUT);
    assertNotNull(scopes.look());
  }

  @Test
  void whatConcernsAnotherWorkerIsLeftToThat() {
    Scope unused = scopes.open("job");
    failTask(OTHER);
    assertNull(scopes.look());
    assertEquals(Decision.Phase.DECIDED, current().phase());
  }

  @Test
  void aDecisionIsCarriedOutOnce() {
    Scope unused = scopes.open("job");
    failTask(SELF);
    awaitPhase(Decision.Phase.CARRIED_OUT);
    assertNotNull(scopes.look());
    orders.look();
    assertNull(scopes.look());
  }

  @Test
  void oneThatIsSettledFailsNobodyAnyMore() {
    Scope unused = scopes.open("job");
    failTask(SELF);
    assertTrue(state.advance(current(), Decision.Phase.SETTLED));
    orders.look();
    assertNull(scopes.look());
  }

  @Test
  void oneThatAnotherTookThePlaceOfFailsNobodyAnyMore() {
    Scope unused = scopes.open("job");
    failTask(SELF);
    decide(OTHER, Decision.Action.KILL_WORKER, Decision.WHOLE_WORKER);
    orders.look();
    assertNull(scopes.look());
  }

  @Test
  void recordingsAreFlushedBeforeTheWorkerIsKilled() throws IOException {
    Scope scope = scopes.open("job");
    scopes.allocate(scope, "run", 100);
    assertEquals(0, recordedBytes(scope));
    decide(SELF, Decision.Action.KILL_WORKER, Decision.WHOLE_WORKER);
    orders.look();
    awaitPhase(Decision.Phase.FLUSHED);
    assertEquals(100, recordedBytes(scope));
  }

  @Test
  void threadsForOrdersAreThereBeforehandAndEndWithThem() throws InterruptedException {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                thread ->
                    thread.getName().equals("heaplight-last-flush")
                        || thread.getName().equals("heaplight-fail-task"))
            .filter(Thread::isAlive)
            .toList();
    assertTrue(threads.size() >= 2, threads::toString);
    orders.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private WorkerOrders start() {
    return WorkerOrders.start(
        directory, state, SELF, scopes.all(), new AgentLog(System.err, false));
  }

  private void failTask(ProcessIdentity victim) {
    decide(victim, Decision.Action.FAIL_TASK, scopes.all().tasks().list().get(0).key());
    orders.look();
  }

  private void decide(ProcessIdentity victim, Decision.Action action, long task) {
    assertNotNull(
        state.propose(
            state.version(),
            new Decision(0, victim, task, action, Decision.Phase.DECIDED, 1, 1, 0, 0)));
  }

  private void awaitPhase(Decision.Phase phase) {
    while (current().phase().compareTo(phase) < 0) {
      Thread.onSpinWait();
    }
  }

  private Decision current() {
    return Objects.requireNonNull(state.current());
  }

  private static long recordedBytes(Scope scope) throws IOException {
    AtomicLong sum = new AtomicLong();
    ReadOutcome unused =
        RecordingReader.read(
            scope.file(),
            new RecordingVisitor() {
              @Override
              public void allocation(
                  int stack, int className, int thread, long objects, long bytes) {
                sum.addAndGet(bytes);
              }
            });
    return sum.get();
  }
}
