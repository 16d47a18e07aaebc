package dev.heaplight.viewer.session;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingException;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.viewer.jfr.JfrRecording;
import dev.heaplight.viewer.rollup.Outline;
import dev.heaplight.viewer.rollup.OutlineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is listed of a recording. Of one that ended cleanly that is its header, what was
 * alive, and the footer, found by skimming; only one without a footer is read in full, and JFR
 * files are.
 */
public final class ListingReader implements RecordingVisitor {
  private @Nullable RecordingHeader header;
  private @Nullable Footer footer;
  private @Nullable LiveKind unfinished;
  private long unfinishedBytes;
  private long peakBytes = Progress.UNKNOWN;

  private ListingReader() {}

  /**
   * Reads what is listed of {@code file}.
   *
   * @param hostName this host, as the agent would write it; empty when unknown
   * @param verify whether all of the file is read, so that damage anywhere in it is found
   * @throws IOException if the file cannot be read, as opposed to what is in it
   */
  public static Listing read(Path file, String hostName, boolean verify) throws IOException {
    // Before the content: of a recording that grows, the size is then no more than was read.
    long size = Files.size(file);
    try {
      Listing skimmed = JfrRecording.is(file) ? null : new ListingReader().skim(file, size, verify);
      return skimmed == null ? inFull(OutlineReader.read(file), size, hostName) : skimmed;
    } catch (RecordingException e) {
      return Listing.damaged(file, size, Files.getLastModifiedTime(file).toMillis());
    }
  }

  private static Listing inFull(Outline outline, long size, String hostName) {
    return new Listing(
        outline.file(),
        outline.complete()
            ? RecordingState.COMPLETE
            : RecordingState.ofUnfinished(outline.header(), hostName),
        outline.header(),
        outline.allocatedBytes(),
        outline.peakBytes(),
        outline.durationMillis(),
        size,
        outline.header().startEpochMillis());
  }

  /** Null when the recording has no footer. */
  private @Nullable Listing skim(Path file, long size, boolean verify) throws IOException {
    if (verify) {
      RecordingReader.readFigures(file, this);
    } else {
      RecordingReader.skim(file, this);
    }
    if (footer == null || header == null) {
      return null;
    }
    return new Listing(
        file,
        RecordingState.COMPLETE,
        header,
        footer.allocatedBytes(),
        peakBytes,
        footer.durationMillis(),
        size,
        header.startEpochMillis());
  }

  @Override
  public void header(RecordingHeader header, Dictionary dictionary) {
    this.header = header;
  }

  @Override
  public void live(LiveHeader live) {
    unfinished = live.kind();
    unfinishedBytes = 0;
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    unfinishedBytes += bytes;
  }

  @Override
  public void liveEnd() {
    if (unfinished == LiveKind.PEAK) {
      peakBytes = unfinishedBytes;
    }
    unfinished = null;
  }

  @Override
  public void footer(Footer footer) {
    this.footer = footer;
  }
}
