package dev.heaplight.viewer.model;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingVisitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects a recording while it is read. */
final class ModelVisitor implements RecordingVisitor {
  private final AllocationTotals totals = new AllocationTotals();
  private final List<String> notes = new ArrayList<>();
  private @Nullable RecordingHeader header;
  private @Nullable Dictionary dictionary;
  private @Nullable Progress progress;
  private @Nullable Footer footer;

  @Override
  public void header(RecordingHeader header, Dictionary dictionary) {
    this.header = header;
    this.dictionary = dictionary;
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    totals.add(stack, className, thread, objects, bytes);
  }

  @Override
  public void progress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }

  @Override
  public void footer(Footer footer) {
    this.footer = footer;
  }

  RecordingModel model(Path file, ReadOutcome outcome) {
    return new RecordingModel(
        file,
        Objects.requireNonNull(header, "header"),
        Objects.requireNonNull(dictionary, "dictionary"),
        totals,
        notes,
        progress,
        footer,
        outcome);
  }
}
