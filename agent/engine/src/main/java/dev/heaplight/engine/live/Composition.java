package dev.heaplight.engine.live;

import dev.heaplight.format.LiveKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects and bytes by who allocated them, seen at one moment. Not thread-safe.
 *
 * <p>Sums are kept as estimates and rounded by whoever writes them.
 */
public final class Composition {
  private final LiveKind kind;
  private final Moment moment;
  private final Map<Origin, double[]> parts;
  private double bytes;
  private long samples;

  /** Receives the parts. */
  public interface Receiver {
    /** One part, rounded; never without bytes and objects. */
    void part(Origin origin, long objects, long bytes);
  }

  Composition(LiveKind kind, Moment moment) {
    this(kind, moment, new HashMap<>());
  }

  private Composition(LiveKind kind, Moment moment, Map<Origin, double[]> parts) {
    this.kind = kind;
    this.moment = moment;
    this.parts = parts;
  }

  /** The same, seen at another moment; shares its parts. */
  Composition at(Moment other) {
    Composition same = new Composition(kind, other, parts);
    same.bytes = bytes;
    same.samples = samples;
    return same;
  }

  /** What it shows. */
  public LiveKind kind() {
    return kind;
  }

  /** When it was seen. */
  public Moment moment() {
    return moment;
  }

  /** Number of samples it rests on. */
  public long samples() {
    return samples;
  }

  double bytes() {
    return bytes;
  }

  void add(Origin origin, double moreObjects, double moreBytes) {
    double[] part = parts.computeIfAbsent(origin, unused -> new double[2]);
    part[0] += moreObjects;
    part[1] += moreBytes;
    bytes += moreBytes;
    samples++;
  }

  /** The part with most bytes, or null if there is none. */
  @Nullable Origin largest() {
    Origin largest = null;
    double most = 0;
    for (Map.Entry<Origin, double[]> part : parts.entrySet()) {
      if (part.getValue()[1] > most) {
        most = part.getValue()[1];
        largest = part.getKey();
      }
    }
    return largest;
  }

  /** Hands over every part. */
  public void forEach(Receiver receiver) {
    parts.forEach(
        (origin, part) -> {
          long roundedObjects = Math.round(part[0]);
          long roundedBytes = Math.round(part[1]);
          if (roundedObjects > 0 || roundedBytes > 0) {
            receiver.part(origin, roundedObjects, roundedBytes);
          }
        });
  }
}
