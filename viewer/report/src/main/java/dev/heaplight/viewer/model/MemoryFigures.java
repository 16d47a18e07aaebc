package dev.heaplight.viewer.model;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recording holds beside allocations. A recording may lack any of it.
 *
 * @param compositions the last whole composition of each kind
 * @param collections garbage collections in order of time
 * @param memory samples of the worker's memory in order of time
 * @param memoryParts what the worker's memory consisted of, in order of time
 * @param lifetimes ages at which the scope's objects died
 * @param offHeap memory outside the heap; null when the recording holds none
 * @param agentCost the agent's own cost; null when the recording does not hold it
 * @param slices what was allocated in each slice of time; null when it was not asked for
 * @param offHeapSlices what was taken outside the heap in each slice; null when not asked for
 */
public record MemoryFigures(
    Map<LiveKind, LiveComposition> compositions,
    List<GcPoint> collections,
    List<MemorySample> memory,
    List<MemoryParts> memoryParts,
    List<Lifetime> lifetimes,
    @Nullable OffHeapTotals offHeap,
    @Nullable AgentCost agentCost,
    @Nullable Slices slices,
    @Nullable Slices offHeapSlices) {

  /** Copies the collections. */
  public MemoryFigures {
    compositions = Map.copyOf(compositions);
    collections = List.copyOf(collections);
    memory = List.copyOf(memory);
    memoryParts = List.copyOf(memoryParts);
    lifetimes = List.copyOf(lifetimes);
  }

  /** What does not refer to stacks, classes and threads. */
  MemoryFigures withoutRows() {
    return new MemoryFigures(
        Map.of(), collections, memory, memoryParts, lifetimes, null, agentCost, null, null);
  }
}
