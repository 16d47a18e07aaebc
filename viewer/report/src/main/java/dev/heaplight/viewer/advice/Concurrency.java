package dev.heaplight.viewer.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ran on one host at the same time. Where there are several hosts each figure is of the one
 * where it is largest.
 *
 * @param recordings the most recordings that were open at the same time
 * @param workers the most worker processes that had one open at the same time
 * @param peakBytes the largest sum of the peaks of recordings that were open at the same time
 */
public record Concurrency(int recordings, int workers, long peakBytes) {
  private static final Concurrency NONE = new Concurrency(0, 0, 0);

  /** In the order in which they count within a millisecond: what ends then was not beside. */
  private enum Step {
    CLOSES,
    OPENS,
    IS_MOMENT
  }

  private record Event(long millis, Step step, Span span) {}

  static Concurrency of(List<Span> spans) {
    Map<String, List<Span>> byHost = new HashMap<>();
    for (Span span : spans) {
      byHost.computeIfAbsent(span.worker().host(), host -> new ArrayList<>()).add(span);
    }
    Concurrency most = NONE;
    for (List<Span> ofHost : byHost.values()) {
      most = most.max(onOneHost(ofHost));
    }
    return most;
  }

  private Concurrency max(Concurrency other) {
    return new Concurrency(
        Math.max(recordings, other.recordings),
        Math.max(workers, other.workers),
        Math.max(peakBytes, other.peakBytes));
  }

  private static Concurrency onOneHost(List<Span> spans) {
    List<Event> events = new ArrayList<>(spans.size() * 2);
    for (Span span : spans) {
      if (span.isMoment()) {
        events.add(new Event(span.startMillis(), Step.IS_MOMENT, span));
      } else {
        events.add(new Event(span.startMillis(), Step.OPENS, span));
        events.add(new Event(span.endMillis(), Step.CLOSES, span));
      }
    }
    events.sort(Comparator.comparingLong(Event::millis).thenComparing(Event::step));
    Map<Span.Worker, Integer> openByWorker = new HashMap<>();
    int open = 0;
    long bytes = 0;
    Concurrency most = NONE;
    for (Event event : events) {
      Span span = event.span();
      if (event.step() == Step.IS_MOMENT) {
        int workers = openByWorker.size() + (openByWorker.containsKey(span.worker()) ? 0 : 1);
        most = most.max(new Concurrency(open + 1, workers, bytes + span.peakBytes()));
        continue;
      }
      int step = event.step() == Step.OPENS ? 1 : -1;
      open += step;
      bytes += step * span.peakBytes();
      openByWorker.merge(
          span.worker(), step, (had, more) -> had + more == 0 ? null : (Integer) (had + more));
      most = most.max(new Concurrency(open, openByWorker.size(), bytes));
    }
    return most;
  }
}
