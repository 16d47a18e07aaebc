package dev.heaplight.viewer.model;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A whole recording in memory, aggregated over time; or several joined into one.
 *
 * @param recordings how many were joined, 1 for one alone
 * @param file path the recording was read from; of several, the directory they have in common
 * @param header what the recording says of itself
 * @param dictionary tables that {@code totals} refers to
 * @param totals objects and bytes allocated, by stack, class and thread
 * @param memory live objects, collections, memory of the process and off-heap memory
 * @param notes caveats written by the agent, in file order
 * @param progress last running figures, null when none were written yet
 * @param footer the clean end, null when the recording has none
 * @param outcome how the file ended
 */
public record RecordingModel(
    int recordings,
    Path file,
    RecordingHeader header,
    Dictionary dictionary,
    AllocationTotals totals,
    MemoryFigures memory,
    List<String> notes,
    @Nullable Progress progress,
    @Nullable Footer footer,
    ReadOutcome outcome) {

  /** Copies {@code notes}. */
  public RecordingModel {
    notes = List.copyOf(notes);
  }

  /**
   * Reads {@code file}. Time and memory grow with distinct stacks, garbage collections and memory
   * samples, not with allocations.
   *
   * @throws dev.heaplight.format.RecordingException if it is no recording, of another version, or
   *     corrupt
   * @throws IOException if it cannot be opened or read
   */
  public static RecordingModel read(Path file) throws IOException {
    return read(file, TimeWindow.WHOLE);
  }

  /**
   * Reads what of {@code file} falls into {@code window}. Live figures are those seen in it: the
   * largest peak, the last survivors. What is known of the whole scope only, as its coverage, is
   * unknown then.
   *
   * @throws dev.heaplight.format.RecordingException if it is no recording, of another version, or
   *     corrupt
   * @throws IOException if it cannot be opened or read
   */
  public static RecordingModel read(Path file, TimeWindow window) throws IOException {
    ModelVisitor visitor = new ModelVisitor(window);
    ReadOutcome outcome = RecordingReader.read(file, visitor);
    return visitor.model(file, outcome);
  }

  /** What this model says of itself, beside figures that speak another dictionary. */
  RecordingModel in(Dictionary shared) {
    return new RecordingModel(
        recordings,
        file,
        header,
        shared,
        totals,
        memory.withoutRows(),
        notes,
        progress,
        footer,
        outcome);
  }

  /** Whether the recording ended cleanly. */
  public boolean complete() {
    return outcome.complete();
  }

  /** Milliseconds from open to close, or to the last flush; empty when nothing was flushed. */
  public OptionalLong durationMillis() {
    if (footer != null) {
      return OptionalLong.of(footer.durationMillis());
    }
    return progress == null ? OptionalLong.empty() : OptionalLong.of(progress.elapsedMillis());
  }

  /** Bytes the JVM itself counted for the scope's threads; empty when not known. */
  public OptionalLong jvmAllocatedBytes() {
    return progress == null ? OptionalLong.empty() : known(progress.jvmAllocatedBytes());
  }

  /** Garbage collections during the scope; empty when not known. */
  public OptionalLong gcCount() {
    return progress == null ? OptionalLong.empty() : known(progress.gcCount());
  }

  /** Stacks taken; empty when nothing was flushed. */
  public OptionalLong samples() {
    return progress == null ? OptionalLong.empty() : OptionalLong.of(progress.samples());
  }

  /** Recorded bytes as a share of the JVM's own count; empty when that is not known or 0. */
  public OptionalDouble coverage() {
    OptionalLong jvm = jvmAllocatedBytes();
    return jvm.isEmpty() || jvm.getAsLong() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) totals.totalBytes() / jvm.getAsLong());
  }

  /** The scope's last whole composition of a kind; empty when the recording holds none. */
  public Optional<LiveComposition> live(LiveKind kind) {
    return Optional.ofNullable(memory.compositions().get(kind));
  }

  /** Memory the scope took outside the heap; empty when the recording holds none. */
  public Optional<OffHeapTotals> offHeap() {
    return Optional.ofNullable(memory.offHeap());
  }

  /** Processor time the agent used during the scope, in nanoseconds; empty when not known. */
  public OptionalLong agentCpuNanos() {
    AgentCost cost = memory.agentCost();
    return cost == null ? OptionalLong.empty() : known(cost.cpuNanos());
  }

  /** Bytes the agent held at the last flush; empty when not known. */
  public OptionalLong agentMemoryBytes() {
    AgentCost cost = memory.agentCost();
    return cost == null ? OptionalLong.empty() : known(cost.memoryBytes());
  }

  /**
   * What was allocated, or taken off-heap, in each slice; empty when not known or not asked for.
   */
  public Optional<Slices> slices(Metric metric) {
    Slices slices =
        switch (metric) {
          case ALLOCATED -> memory.slices();
          case OFF_HEAP -> memory.offHeapSlices();
          default -> null;
        };
    return Optional.ofNullable(slices).filter(known -> known.count() > 0);
  }

  /** Bytes the agent may hold at most; empty when not known. */
  public OptionalLong agentMemoryLimitBytes() {
    AgentCost cost = memory.agentCost();
    return cost == null ? OptionalLong.empty() : known(cost.memoryLimitBytes());
  }

  /** What every report must say next to its figures, in words; empty for a clean recording. */
  public List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    if (!complete() && recordings == 1) {
      caveats.add(
          "This recording did not end cleanly: the worker still runs or was killed; at most the"
              + " last flush is missing.");
    }
    if (outcome.truncatedBytes() > 0 && recordings == 1) {
      caveats.add(
          (complete()
                  ? "What was added after the scope's end is cut short: the file's last "
                  : "The file ends inside a block: its last ")
              + outcome.truncatedBytes()
              + " bytes were left out.");
    }
    upperBounds().ifPresent(caveats::add);
    survivorsWithGarbage().ifPresent(caveats::add);
    caveats.addAll(notes);
    return caveats;
  }

  /** Without a garbage collection nothing is known to be dead. */
  private Optional<String> upperBounds() {
    boolean peak = live(LiveKind.PEAK).filter(LiveComposition::isUpperBound).isPresent();
    boolean survivors = live(LiveKind.SURVIVORS).filter(LiveComposition::isUpperBound).isPresent();
    if (!peak && !survivors) {
      return Optional.empty();
    }
    String which = !survivors ? "live" : peak ? "live and surviving" : "surviving";
    return Optional.of(
        (recordings == 1
                ? "No garbage collection ran in this scope: "
                : "No garbage collection ran in some of these scopes: ")
            + which
            + " figures are upper bounds.");
  }

  /** Survivors of a scope after whose end no collection ran hold what died since the last one. */
  private Optional<String> survivorsWithGarbage() {
    return live(LiveKind.SURVIVORS)
        .filter(live -> live.header().collection() > 0 && live.header().collector().isEmpty())
        .map(
            live ->
                (recordings == 1 ? "No" : "In some of these, no")
                    + " garbage collection ran after the scope's end: surviving figures hold what"
                    + " was allocated since the last one, dead or not. collectOnClose() tells them"
                    + " apart.");
  }

  private static OptionalLong known(long figure) {
    return figure == Progress.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(figure);
  }
}
