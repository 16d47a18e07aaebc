package dev.heaplight.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What became known of a scope after its recording was closed: what it left alive can only be seen
 * at later garbage collections. Live compositions are the only blocks that may follow the footer.
 */
public final class Afterword {
  private Afterword() {}

  /**
   * Appends a composition of live objects to a recording that was ended by {@link
   * RecordingWriter#finish}. It replaces the one of its kind that the recording holds. No two
   * threads may append to one file at a time.
   *
   * @param snapshot numbers in it are those of the recording's own writer, all given out before the
   *     recording was finished
   * @throws NoSuchFileException if there is no such file any more; none is made
   * @throws NotARecordingException if the file does not begin as a recording
   * @throws UnsupportedVersionException if the recording is of another format version
   * @throws IOException if the file cannot be written; it is then as it was before
   */
  public static void append(Path file, LiveSnapshot snapshot) throws IOException {
    checkRecording(file);
    try (BlockFile blocks = BlockFile.atEndOf(file)) {
      LiveBlocks composition = new LiveBlocks(snapshot.header());
      for (int i = 0; i < snapshot.size(); i++) {
        composition.entry(
            snapshot.stacks()[i],
            snapshot.classNames()[i],
            snapshot.threads()[i],
            snapshot.objects()[i],
            snapshot.bytes()[i]);
        if (composition.size() > RecordingLayout.SPLIT_BYTES) {
          composition.build(blocks, true);
        }
      }
      composition.build(blocks, false);
      blocks.write();
    }
  }

  /** A file that took the recording's place since must not be written to. */
  private static void checkRecording(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(RecordingLayout.FILE_HEADER_LENGTH);
    }
    byte[] magic = RecordingLayout.magic();
    if (start.length < RecordingLayout.FILE_HEADER_LENGTH
        || !Arrays.equals(start, 0, magic.length, magic, 0, magic.length)) {
      throw new NotARecordingException(file, "a file of another kind");
    }
    short version =
        ByteBuffer.wrap(start)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getShort(RecordingLayout.VERSION_OFFSET);
    if (version != RecordingLayout.VERSION) {
      throw new UnsupportedVersionException(file, Short.toUnsignedInt(version), "");
    }
  }
}
