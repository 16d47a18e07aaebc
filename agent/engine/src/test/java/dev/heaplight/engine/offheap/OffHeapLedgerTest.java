package dev.heaplight.engine.offheap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.sample.StackTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OffHeapLedgerTest {
  private static final int NATIVE = 0;
  private static final int DIRECT = 1;
  private static final int MAX_BLOCKS = 100;

  private final StackTable stacks = new StackTable();
  private final OffHeapLedger ledger = new OffHeapLedger(stacks, MAX_BLOCKS);

  /** Sums what a scope hands out, by kind and by the innermost frame's method. */
  private final class Book implements ScopeOffHeap.Receiver {
    private final Map<String, List<Long>> byKind = new HashMap<>();
    private final Map<String, Long> takenByMethod = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    @Override
    public void offHeap(
        int stack,
        String kind,
        long threadId,
        String threadName,
        long allocatedObjects,
        long allocatedBytes,
        long freedObjects,
        long freedBytes) {
      assertEquals(Thread.currentThread().getName(), threadName);
      List<Long> more = List.of(allocatedObjects, allocatedBytes, freedObjects, freedBytes);
      byKind.merge(kind, more, Book::sum);
      String method = stack == StackTable.EMPTY ? "" : stacks.frame(stack).methodName();
      takenByMethod.merge(method, allocatedBytes, Long::sum);
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }

    private static List<Long> sum(List<Long> left, List<Long> right) {
      List<Long> sums = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        sums.add(left.get(i) + right.get(i));
      }
      return sums;
    }
  }

  @Test
  void takenAndFreedComeOutAsDeltas() {
    ScopeOffHeap scope = ledger.open(null);
    ledger.allocated(scope, 16, 100, NATIVE);
    ledger.allocated(scope, 32, 200, NATIVE);
    ledger.allocated(scope, 48, 400, DIRECT);
    ledger.freed(32);
    assertEquals(
        Map.of("native", List.of(2L, 300L, 1L, 200L), "direct", List.of(1L, 400L, 0L, 0L)),
        written(scope).byKind);

    ledger.freed(16);
    assertEquals(Map.of("native", List.of(0L, 0L, 1L, 100L)), written(scope).byKind);
    assertEquals(Map.of(), written(scope).byKind);
    assertEquals(1, ledger.size());
  }

  @Test
  void unknownAddressesAndSecondFreesChangeNothing() {
    ScopeOffHeap scope = ledger.open(null);
    ledger.freed(16);
    ledger.allocated(scope, 16, 100, NATIVE);
    ledger.freed(16);
    ledger.freed(16);
    assertNull(ledger.detach(16));
    assertEquals(Map.of("native", List.of(1L, 100L, 1L, 100L)), written(scope).byKind);
  }

  @Test
  void addressHandedOutAgainMeansThatItsBlockWasFreed() {
    ScopeOffHeap scope = ledger.open(null);
    ledger.allocated(scope, 16, 100, NATIVE);
    ledger.allocated(scope, 16, 300, NATIVE);
    assertEquals(Map.of("native", List.of(2L, 400L, 1L, 100L)), written(scope).byKind);
    assertEquals(1, ledger.size());
  }

  @Test
  void reallocationThatFailsLeavesTheBlock() {
    ScopeOffHeap scope = ledger.open(null);
    ledger.allocated(scope, 16, 100, NATIVE);
    DetachedBlock block = ledger.detach(16);
    assertNotNull(block);
    ledger.putBack(16, block);
    assertEquals(Map.of("native", List.of(1L, 100L, 0L, 0L)), written(scope).byKind);

    DetachedBlock replaced = ledger.detach(16);
    assertNotNull(replaced);
    ledger.freed(replaced);
    assertEquals(Map.of("native", List.of(0L, 0L, 1L, 100L)), written(scope).byKind);
  }

  @Test
  void innerScopesCountInTheScopesAround() {
    ScopeOffHeap outer = ledger.open(null);
    ScopeOffHeap inner = ledger.open(outer);
    ledger.allocated(inner, 16, 100, NATIVE);
    assertEquals(Map.of("native", List.of(1L, 100L, 0L, 0L)), written(inner).byKind);
    assertEquals(Map.of("native", List.of(1L, 100L, 0L, 0L)), written(outer).byKind);

    inner.close();
    ledger.freed(16);
    assertEquals(Map.of("native", List.of(0L, 0L, 1L, 100L)), written(outer).byKind);
  }

  @Test
  void whatAScopeHasNotPaidOutWhenItClosesIsPaidByTheOneAround() {
    ScopeOffHeap outer = ledger.open(null);
    ScopeOffHeap inner = ledger.open(outer);
    ledger.allocated(inner, 16, 100, NATIVE);
    inner.close();
    ledger.freed(16);
    assertEquals(Map.of("native", List.of(1L, 100L, 1L, 100L)), written(outer).byKind);
  }

  @Test
  void outerScopeThatClosesFirstHasItsInnerScopesFigures() {
    ScopeOffHeap outer = ledger.open(null);
    ScopeOffHeap inner = ledger.open(outer);
    ledger.allocated(inner, 16, 100, NATIVE);
    assertEquals(Map.of("native", List.of(1L, 100L, 0L, 0L)), written(outer).byKind);
    outer.close();
    ledger.freed(16);
    assertEquals(Map.of("native", List.of(1L, 100L, 1L, 100L)), written(inner).byKind);
  }

  @Test
  void threadStillInAClosedScopeCountsInTheOneAround() {
    ScopeOffHeap outer = ledger.open(null);
    ScopeOffHeap inner = ledger.open(outer);
    inner.close();
    ledger.allocated(inner, 16, 100, NATIVE);
    assertEquals(Map.of("native", List.of(1L, 100L, 0L, 0L)), written(outer).byKind);
    outer.close();
    ledger.allocated(inner, 32, 100, NATIVE);
    assertEquals(0, ledger.size());
  }

  @Test
  void closedScopesLeaveNothingBehind() {
    for (int i = 1; i <= 10_000; i++) {
      ScopeOffHeap scope = ledger.open(null);
      ledger.allocated(scope, i * 16L, 100, NATIVE);
      scope.close();
    }
    assertEquals(0, ledger.size());
  }

  @Test
  void blocksOfClosedScopesAreSweptWhileAnotherIsOpen() {
    OffHeapLedger large = new OffHeapLedger(stacks);
    ScopeOffHeap open = large.open(null);
    large.allocated(open, 8, 1, NATIVE);
    for (int i = 1; i <= 10_000; i++) {
      ScopeOffHeap scope = large.open(null);
      large.allocated(scope, i * 16L, 100, NATIVE);
      scope.tally();
      scope.close();
      assertTrue(large.size() <= 1_025, () -> "size=" + large.size());
    }
    large.freed(8);
    assertEquals(Map.of("native", List.of(1L, 1L, 1L, 1L)), written(open).byKind);
  }

  @Test
  void blocksBeyondTheLimitAreCountedAndNoted() {
    ScopeOffHeap scope = ledger.open(null);
    for (int i = 1; i <= MAX_BLOCKS + 10; i++) {
      ledger.allocated(scope, i * 16L, 100, NATIVE);
    }
    for (int i = 1; i <= MAX_BLOCKS + 10; i++) {
      ledger.freed(i * 16L);
    }
    Book book = written(scope);
    assertEquals(
        Map.of("native", List.of(MAX_BLOCKS + 10L, 11_000L, (long) MAX_BLOCKS, 10_000L)),
        book.byKind);
    assertEquals(1_000, book.takenByMethod.get("[not followed]"));
    assertEquals(
        List.of(
            "off-heap blocks not followed, whether they were freed is not known:"
                + " followed at most=200000"),
        book.notes);
    assertEquals(List.of(), written(scope).notes);
  }

  @Test
  void beyondTheRateOfStacksBytesStayExact() {
    OffHeapLedger large = new OffHeapLedger(stacks);
    ScopeOffHeap scope = large.open(null);
    int count = 4 * ScopeOffHeap.MAX_STACKS_PER_SECOND;
    long start = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      large.allocated(scope, i * 16L, 100, NATIVE);
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000 + 1;
    Book book = written(scope);
    assertEquals(Map.of("native", List.of((long) count, count * 100L, 0L, 0L)), book.byKind);
    long notSampled = book.takenByMethod.getOrDefault("[stack not sampled]", 0L);
    long sampledAtMost = (seconds + 1) * ScopeOffHeap.MAX_STACKS_PER_SECOND;
    assertTrue(
        notSampled >= (count - sampledAtMost) * 100L,
        () -> "not sampled=" + notSampled + ", seconds=" + seconds);

    for (int i = 1; i <= count; i++) {
      large.freed(i * 16L);
    }
    assertEquals(
        Map.of("native", List.of(0L, 0L, (long) count, count * 100L)), written(scope).byKind);
  }

  @Test
  void memoryEstimateFollowsTheBlocks() {
    OffHeapLedger large = new OffHeapLedger(stacks);
    long empty = large.memoryBytes();
    ScopeOffHeap scope = large.open(null);
    for (int i = 1; i <= 10_000; i++) {
      large.allocated(scope, i * 16L, 100, NATIVE);
    }
    assertTrue(large.memoryBytes() > empty + 10_000 * 100L);
    scope.close();
    assertEquals(empty, large.memoryBytes());
  }

  @Test
  void rehearsalLeavesNothingBehind() {
    ledger.rehearse();
    assertEquals(0, ledger.size());
  }

  private Book written(ScopeOffHeap scope) {
    Book book = new Book();
    scope.tally();
    scope.write(book);
    return book;
  }
}
