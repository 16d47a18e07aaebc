package dev.heaplight.viewer.jfr;

import dev.heaplight.viewer.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** What every report must say of figures that rest on another recorder's samples. */
final class SampleNotes {
  private SampleNotes() {}

  static List<String> of(String recorder, long allocations, long liveObjects, long blocks) {
    List<String> notes = new ArrayList<>();
    notes.add(
        allocations == 0
            ? "Recorded by " + recorder + " without allocation samples."
            : "Sampled by "
                + recorder
                + ": bytes are estimates from "
                + samples(allocations)
                + ", objects are the samples themselves; how much of all allocations they cover is"
                + " not known.");
    if (liveObjects > 0) {
      notes.add(
          "Surviving figures are the sampled objects alone, "
              + Figures.count(liveObjects)
              + " of them: all there was is more.");
    }
    if (blocks > 0) {
      notes.add(
          "Off-heap figures are "
              + Figures.count(blocks)
              + " calls of malloc that the recorder saw, as large as they were.");
    }
    return notes;
  }

  private static String samples(long count) {
    return count == 1 ? "1 sample" : Figures.count(count) + " samples";
  }
}
