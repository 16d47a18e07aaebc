package dev.heaplight.viewer.rollup;

import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;

/** Advice in words or as JSON. */
public final class AdviceReport {
  private final Advice advice;

  /** A report of {@code advice}. */
  public AdviceReport(Advice advice) {
    this.advice = advice;
  }

  /** Writes the memory reckoned with, then for each name how many fit and why. */
  public void writeText(Appendable out) throws IOException {
    out.append("Usable by tasks: ").append(Figures.bytes(advice.usableBytes()));
    out.append(" = ").append(Figures.percent(advice.usableShare())).append(" of ");
    out.append(Figures.bytes(advice.memoryBytes()));
    if (advice.baseBytes() > 0) {
      out.append(" less ").append(Figures.bytes(advice.baseBytes())).append(" for the workers");
    }
    out.append('\n');
    for (Advice.ForName one : advice.advices()) {
      out.append('\n');
      name(one, out);
    }
    out.append("\nPeaks were seen at garbage collections; between two there may have been more.");
    out.append(" Different tasks side by side share the same memory.\n");
  }

  private void name(Advice.ForName one, Appendable out) throws IOException {
    RollUpGroup group = one.group();
    out.append(PlainText.oneLine(group.name() + " (" + group.kind() + ")")).append(": ");
    if (one.fitting() == Advice.ForName.UNKNOWN) {
      out.append("unknown, no recording holds its peak; record without live=off\n");
      return;
    }
    long peak = group.peakBytes(1);
    if (peak == 0) {
      out.append("any number fits, nothing of it was alive at its peak\n");
      return;
    }
    out.append(Figures.count(one.fitting())).append(one.fitting() == 1 ? " fits" : " fit");
    out.append(" side by side: ").append(Figures.bytes(advice.usableBytes())).append(" / ");
    out.append(Figures.bytes(peak)).append(", the largest peak of ");
    out.append(Figures.count(group.peaksKnown()));
    out.append(group.peaksKnown() == 1 ? " recording" : " recordings");
    out.append(" (median ").append(Figures.bytes(group.peakBytes(0.5))).append(")\n");
    out.append("  up to ").append(Figures.count(one.seenAtOnce())).append(" ran at once");
    if (one.fitting() == 0) {
      out.append(": not even one fits; give it more memory, or see what it holds:");
      out.append(" heaplight flamegraph --metric peak\n");
    } else if (one.tooMany()) {
      out.append(": reduce parallelism to ").append(Figures.count(one.fitting()));
      out.append(", or give each worker fewer slots\n");
    } else {
      out.append(", which fits\n");
    }
    if (group.upperBounds() > 0) {
      out.append("  ").append(Figures.count(group.upperBounds()));
      out.append(" of them saw no garbage collection: their peak is an upper bound\n");
    }
    if (group.survivingBytes() > 0) {
      long each = group.survivingBytes() / group.recordings();
      out.append("  each left ").append(Figures.bytes(each));
      out.append(" alive on average, which adds up if it is not given back\n");
    }
  }

  /** Writes one JSON object. */
  public void writeJson(Appendable out) throws IOException {
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("memoryBytes").value(advice.memoryBytes());
    json.name("usableShare").value((Object) advice.usableShare());
    json.name("baseBytes").value(advice.baseBytes());
    json.name("usableBytes").value(advice.usableBytes());
    json.name("scopes").open('[');
    for (Advice.ForName one : advice.advices()) {
      boolean known = one.fitting() != Advice.ForName.UNKNOWN;
      json.open('{').name("name").value(one.group().name());
      json.name("kind").value(one.group().kind());
      json.name("calls").value(one.group().recordings());
      json.name("maxPeakBytes").value(known ? (Object) one.group().peakBytes(1) : null);
      json.name("seenAtOnce").value(one.seenAtOnce());
      json.name("fitting").value(known ? (Object) one.fitting() : null).close('}');
    }
    json.close(']').close('}');
    out.append('\n');
  }
}
