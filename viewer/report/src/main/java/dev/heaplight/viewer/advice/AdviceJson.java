package dev.heaplight.viewer.advice;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Advice as one JSON object; docs/CLI.md lists its keys. */
public final class AdviceJson {
  private AdviceJson() {}

  /** Writes {@code advice} and a line feed. */
  public static void write(Advice advice, Appendable out) throws IOException {
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("memoryBytes").value(advice.memoryBytes());
    json.name("usableShare").value((Object) advice.usableShare());
    json.name("usableBytes").value(advice.usableBytes());
    base(json, advice.base());
    json.name("roomBytes").value(advice.roomBytes());
    json.name("seenAtOnce").value(advice.all().recordings());
    json.name("seenAtOncePeakBytes").value(advice.all().peakBytes());
    json.name("seenAtOnceFits").value((Object) !advice.overAtWorst());
    json.name("scopes").open('[');
    for (TaskAdvice task : advice.tasks()) {
      task(json, task);
    }
    json.close(']');
    json.close('}');
    out.append('\n');
  }

  private static void base(JsonWriter json, WorkerBase base) throws IOException {
    boolean known = base.origin() != WorkerBase.Origin.UNKNOWN;
    json.name("workers").value(base.workers());
    json.name("baseOrigin").value(base.origin().name().toLowerCase(Locale.ROOT));
    json.name("baseBytes").value(known ? (Object) base.bytes() : null);
    json.name("baseHeapBytes").value(orNull(base.heapBytes()));
    json.name("baseOutsideHeapBytes").value(orNull(base.outsideHeapBytes()));
  }

  private static void task(JsonWriter json, TaskAdvice task) throws IOException {
    json.open('{');
    json.name("name").value(task.name());
    json.name("kind").value(task.kind());
    json.name("calls").value(task.recordings());
    json.name("incomplete").value(task.incomplete());
    json.name("peaksKnown").value(task.peaksKnown());
    json.name("peakUpperBounds").value(task.peakUpperBounds());
    json.name("maxPeakBytes").value(orNull(task.peakBytes()));
    json.name("p95PeakBytes").value(orNull(task.usualPeakBytes()));
    json.name("leftBytes").value(orNull(task.leftBytes()));
    json.name("seenAtOnce").value(task.together());
    json.name("fitting").value(orNull(task.fits()));
    json.name("reduceTo").value(task.reduce() ? (Object) task.fits() : null);
    json.close('}');
  }

  private static @Nullable Object orNull(long figure) {
    return figure == Progress.UNKNOWN ? null : (Object) figure;
  }
}
