package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Composition;
import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ScopeLife;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.RecordingWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what lives of a scope to its recording. Used under the scope's lock. */
final class LiveWriter implements ScopeLife.Output {
  private final RecordingWriter writer;
  private final RecordingNumbers numbers;

  LiveWriter(RecordingWriter writer, RecordingNumbers numbers) {
    this.writer = writer;
    this.numbers = numbers;
  }

  @Override
  public void composition(Composition composition) {
    write(composition, new HashMap<>());
  }

  /** Writes a composition and adds the numbers it uses to {@code known}. */
  void write(Composition composition, Map<Origin, int[]> known) {
    writer.beginLive(
        new LiveHeader(
            composition.kind(),
            composition.moment().elapsedMillis(),
            composition.moment().collection(),
            composition.moment().collector(),
            composition.samples()));
    composition.forEach(
        (origin, objects, bytes) -> {
          int[] of = known.computeIfAbsent(origin, numbers::of);
          writer.liveEntry(
              of[RecordingNumbers.STACK],
              of[RecordingNumbers.CLASS],
              of[RecordingNumbers.THREAD],
              objects,
              bytes);
        });
    writer.endLive();
  }

  @Override
  public void collection(GcPoint point) {
    writer.collection(point);
  }

  @Override
  public void lifetimes(List<Lifetime> all) {
    writer.lifetimes(all);
  }
}
