package dev.heaplight.viewer.model;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveKind;
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
 * @param lifetimes ages at which the scope's objects died
 * @param offHeap memory outside the heap; null when the recording holds none
 * @param agentCost the agent's own cost; null when the recording does not hold it
 */
public record MemoryFigures(
    Map<LiveKind, LiveComposition> compositions,
    List<GcPoint> collections,
    List<MemorySample> memory,
    List<Lifetime> lifetimes,
    @Nullable OffHeapTotals offHeap,
    @Nullable AgentCost agentCost) {

  /** Copies the collections. */
  public MemoryFigures {
    compositions = Map.copyOf(compositions);
    collections = List.copyOf(collections);
    memory = List.copyOf(memory);
    lifetimes = List.copyOf(lifetimes);
  }
}
