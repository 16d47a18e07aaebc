package dev.heaplight.viewer.session;

import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.TextTable;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Recordings as a table for a terminal or as JSON. */
public final class ListingReport {
  private static final String UNKNOWN = "-";

  private final List<Listing> listings;

  /** A report of {@code listings}, in their order. */
  public ListingReport(List<Listing> listings) {
    this.listings = List.copyOf(listings);
  }

  /**
   * Writes a table and the number of recordings.
   *
   * @param nowMillis the time that ages are taken at; milliseconds since the epoch
   */
  public void writeText(long nowMillis, Appendable out) throws IOException {
    TextTable table =
        new TextTable(
            "STATE",
            ">ALLOCATED",
            ">PEAK",
            ">DURATION",
            ">SIZE",
            ">AGE",
            "KIND",
            "SCOPE",
            "ID",
            "FILE");
    for (Listing listing : listings) {
      RecordingHeader header = listing.header();
      table.row(
          listing.state().words(),
          known(listing.allocatedBytes(), Figures::bytes),
          known(listing.peakBytes(), Figures::bytes),
          known(listing.durationMillis(), Figures::duration),
          Figures.bytes(listing.sizeBytes()),
          Figures.duration(Math.max(0, nowMillis - listing.startEpochMillis())),
          header == null ? UNKNOWN : header.kind(),
          header == null ? UNKNOWN : header.name(),
          header == null || header.id().isEmpty() ? UNKNOWN : header.id(),
          listing.file().toString());
    }
    table.write(out);
    out.append(Figures.count(listings.size()));
    out.append(listings.size() == 1 ? " recording\n" : " recordings\n");
  }

  private static String known(long figure, LongFunction<String> text) {
    return figure == Progress.UNKNOWN ? UNKNOWN : text.apply(figure);
  }

  /** Writes one JSON object and a line feed; docs/CLI.md lists its keys. */
  public void writeJson(Appendable out) throws IOException {
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("recordings").open('[');
    for (Listing listing : listings) {
      RecordingHeader header = listing.header();
      json.open('{');
      json.name("file").value(listing.file().toString());
      json.name("state").value(listing.state().key());
      json.name("sizeBytes").value(listing.sizeBytes());
      json.name("name").value(header == null ? null : header.name());
      json.name("kind").value(header == null ? null : header.kind());
      json.name("id").value(header == null ? null : header.id());
      json.name("startEpochMillis")
          .value(header == null ? null : (Object) header.startEpochMillis());
      json.name("allocatedBytes").value(orNull(listing.allocatedBytes()));
      json.name("peakLiveBytes").value(orNull(listing.peakBytes()));
      json.name("durationMillis").value(orNull(listing.durationMillis()));
      json.close('}');
    }
    json.close(']');
    json.close('}');
    out.append('\n');
  }

  private static @Nullable Object orNull(long figure) {
    return figure == Progress.UNKNOWN ? null : (Object) figure;
  }
}
