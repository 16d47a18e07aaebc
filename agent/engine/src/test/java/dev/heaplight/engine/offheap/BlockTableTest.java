package dev.heaplight.engine.offheap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.sample.StackTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockTableTest {
  private static final long SEED = 20_261_101;

  private final BlockTable table = new BlockTable();
  private final ScopeOffHeap scope = new OffHeapLedger(new StackTable()).open(null);
  private final OffHeapAccount account =
      new OffHeapAccount(scope, new OffHeapKey(1, "main", 0, 0), null);

  @Test
  void behavesAsAMapUnderRandomUse() {
    Map<Long, Long> expected = new HashMap<>();
    List<Long> present = new ArrayList<>();
    Random random = new Random(SEED);
    for (int round = 0; round < 200_000; round++) {
      // Grows to some thousand entries, shrinks again, and so on; addresses close together collide.
      boolean add =
          present.isEmpty() || random.nextInt(100) < ((round / 20_000) % 2 == 0 ? 60 : 40);
      if (add) {
        long address = 16L * (1 + random.nextInt(100_000));
        if (expected.putIfAbsent(address, (long) round) == null) {
          table.add(address, round, account);
          present.add(address);
        }
      } else {
        int last = present.size() - 1;
        int chosen = random.nextInt(present.size());
        long address = present.set(chosen, present.get(last));
        present.remove(last);
        int slot = table.find(address);
        assertEquals(expected.remove(address), table.bytes(slot), () -> "seed=" + SEED);
        table.remove(slot);
        assertTrue(table.find(address) < 0);
      }
      assertEquals(expected.size(), table.size());
    }
    expected.forEach((address, bytes) -> assertEquals(bytes, table.bytes(table.find(address))));
  }

  @Test
  void unknownAddressIsNotFound() {
    assertTrue(table.find(4096) < 0);
    table.add(4096, 1, account);
    assertTrue(table.find(4104) < 0);
  }

  @Test
  void blocksOfClosedScopesAreTakenOutAndTheOthersStay() {
    OffHeapAccount orphan = new OffHeapAccount(scope, new OffHeapKey(2, "main", 0, 0), null);
    for (int i = 1; i <= 10_000; i++) {
      table.add(i * 8L, i, i % 100 == 0 ? account : orphan);
    }
    orphan.scope = null;
    table.removeOrphans();
    assertEquals(100, table.size());
    for (int i = 100; i <= 10_000; i += 100) {
      int slot = table.find(i * 8L);
      assertEquals(i, table.bytes(slot));
      assertSame(account, table.account(slot));
    }
  }
}
