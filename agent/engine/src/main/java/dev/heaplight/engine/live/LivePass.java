package dev.heaplight.engine.live;

import dev.heaplight.format.GcPoint;
import dev.heaplight.format.LiveKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all scopes after a collection: buries the dead, sums what lives.
 *
 * <p>An inner scope's objects live in the scopes around it too. Compositions are made only for the
 * scopes that have reached a new peak, in a second walk. Recorder thread only.
 */
final class LivePass {
  private final List<ScopeLife> lives;
  private final int collections;
  private final long bornBeforeNanos;
  private final IdentityHashMap<ScopeLife, Sum> sums = new IdentityHashMap<>();

  private static final class Sum {
    private double objects;
    private double bytes;
    private double youngBytes;
    private @Nullable Composition newPeak;
  }

  LivePass(List<ScopeLife> lives, int collections, long bornBeforeNanos) {
    this.bornBeforeNanos = bornBeforeNanos;
    this.lives = new ArrayList<>(lives);
    this.collections = collections;
    lives.forEach(life -> sums.put(life, new Sum()));
  }

  void run(String collector, long durationMillis) {
    lives.forEach(ScopeLife::buryDead);
    lives.forEach(this::sum);
    boolean anyPeak = false;
    for (ScopeLife life : lives) {
      Sum sum = sums.get(life);
      if (sum != null && life.isNewPeak(sum.bytes)) {
        sum.newPeak = new Composition(LiveKind.PEAK, life.moment(collections, collector));
        anyPeak = true;
      }
    }
    if (anyPeak) {
      lives.forEach(this::compose);
    }
    for (ScopeLife life : lives) {
      Sum sum = sums.get(life);
      if (sum != null) {
        life.collected(
            collections,
            new GcPoint(
                life.moment(collections, collector).elapsedMillis(),
                collector,
                durationMillis,
                Math.round(sum.objects),
                Math.round(sum.bytes)),
            sum.newPeak,
            Math.round(sum.youngBytes));
      }
    }
  }

  private void sum(ScopeLife life) {
    life.samples()
        .forEach(
            (sample, scale) -> {
              boolean old = isOld(sample);
              for (ScopeLife at = life; at != null; at = at.parent()) {
                Sum sum = sums.get(at);
                if (sum != null) {
                  sum.objects += old ? scale * sample.objects() : 0;
                  sum.bytes += old ? scale * sample.bytes() : 0;
                  sum.youngBytes += old ? 0 : scale * sample.bytes();
                }
              }
            });
  }

  private void compose(ScopeLife life) {
    life.samples()
        .forEach(
            (sample, scale) -> {
              for (ScopeLife at = life; at != null && isOld(sample); at = at.parent()) {
                Sum sum = sums.get(at);
                if (sum != null && sum.newPeak != null) {
                  sum.newPeak.add(sample, scale);
                }
              }
            });
  }

  private boolean isOld(LiveSample sample) {
    return sample.bornAfterCollections() < collections && sample.bornNanos() - bornBeforeNanos < 0;
  }
}
