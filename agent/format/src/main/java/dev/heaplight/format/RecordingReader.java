package dev.heaplight.format;

import dev.heaplight.format.PayloadReader.MalformedPayload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads one recording from front to back.
 *
 * <p>Truncation: a file may end inside a block, because the worker was killed or still writes. Such
 * a tail is left out and reported in the {@link ReadOutcome}. Corruption: a block that is there in
 * full but fails a checksum ends the reading with a {@link CorruptRecordingException}; its length
 * could be wrong as well, so nothing behind it can be trusted. The header of a block has a checksum
 * of its own, so that a damaged length is not taken for a truncated tail.
 *
 * <p>Skimming: who needs no more than a recording's figures need not have it read in full. Blocks
 * are then found by their headers, and the payloads of most are passed over.
 */
public final class RecordingReader {
  private static final int STREAM_BUFFER_BYTES = 1 << 16;

  /** Most of the file is passed over: a larger buffer would read that all the same. */
  private static final int SKIM_BUFFER_BYTES = 1 << 12;

  private final Path file;
  private final InputStream in;
  private final RecordingVisitor visitor;
  private final BlockDecoder decoder;
  private final boolean passesOver;
  private long offset;

  private RecordingReader(
      Path file,
      InputStream in,
      RecordingVisitor visitor,
      BlockDecoder decoder,
      boolean passesOver) {
    this.file = file;
    this.in = in;
    this.visitor = visitor;
    this.decoder = decoder;
    this.passesOver = passesOver;
  }

  /**
   * Reads {@code file} into {@code visitor}.
   *
   * @throws NotARecordingException if the file does not begin as a recording
   * @throws UnsupportedVersionException if it is of another format version
   * @throws CorruptRecordingException if a checksum or a value is wrong
   * @throws IOException if the file cannot be opened or read
   */
  public static ReadOutcome read(Path file, RecordingVisitor visitor) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file), STREAM_BUFFER_BYTES)) {
      return new RecordingReader(file, in, visitor, BlockDecoder.ofAll(visitor), false).read();
    }
  }

  /**
   * Reads the header, progress, compositions of live objects, samples of memory, memory off-heap
   * and the footer of {@code file}, and passes over the rest: damage there is not found. The
   * dictionary stays empty, so that the numbers in entries mean nothing.
   *
   * @throws NotARecordingException if the file does not begin as a recording
   * @throws UnsupportedVersionException if it is of another format version
   * @throws CorruptRecordingException if a checksum or a value is wrong in what is read
   * @throws IOException if the file cannot be opened or read
   */
  public static ReadOutcome skim(Path file, RecordingVisitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), SKIM_BUFFER_BYTES)) {
      return new RecordingReader(file, in, visitor, BlockDecoder.ofFigures(visitor), true).read();
    }
  }

  /**
   * The same, but the checksums of what is not decoded are checked as well.
   *
   * @throws NotARecordingException if the file does not begin as a recording
   * @throws UnsupportedVersionException if it is of another format version
   * @throws CorruptRecordingException if a checksum is wrong, or a value in what is decoded
   * @throws IOException if the file cannot be opened or read
   */
  public static ReadOutcome readFigures(Path file, RecordingVisitor visitor) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file), STREAM_BUFFER_BYTES)) {
      return new RecordingReader(file, in, visitor, BlockDecoder.ofFigures(visitor), false).read();
    }
  }

  private ReadOutcome read() throws IOException {
    readFileHeader();
    byte[] header = new byte[RecordingLayout.BLOCK_HEADER_LENGTH];
    while (true) {
      int headerBytes = in.readNBytes(header, 0, header.length);
      if (headerBytes < header.length) {
        return outcome(headerBytes);
      }
      ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
      checkBlockHeader(header, fields);
      checkPlace(Byte.toUnsignedInt(header[RecordingLayout.TYPE_OFFSET]));
      int storedLength = fields.getInt(RecordingLayout.STORED_LENGTH_OFFSET);
      boolean wanted = decoder.wants(Byte.toUnsignedInt(header[RecordingLayout.TYPE_OFFSET]));
      if (!wanted && passesOver) {
        long passed = passOver(storedLength);
        if (passed < storedLength) {
          return outcome(headerBytes + passed);
        }
        offset += headerBytes + passed;
        continue;
      }
      byte[] stored = in.readNBytes(storedLength);
      if (stored.length < storedLength) {
        return outcome(headerBytes + stored.length);
      }
      checkPayload(fields, stored);
      if (wanted) {
        readBlock(fields, stored);
      }
      offset += headerBytes + storedLength;
    }
  }

  /** How many of {@code bytes} there were. */
  private long passOver(long bytes) throws IOException {
    long passed = 0;
    while (passed < bytes) {
      long more = in.skip(bytes - passed);
      if (more <= 0) {
        if (in.read() < 0) {
          return passed;
        }
        more = 1;
      }
      passed += more;
    }
    return passed;
  }

  private ReadOutcome outcome(long truncatedBytes) {
    return new ReadOutcome(decoder.footerSeen(), offset, truncatedBytes);
  }

  private void readFileHeader() throws IOException {
    byte[] fixed = in.readNBytes(RecordingLayout.FILE_HEADER_LENGTH);
    if (fixed.length == 0) {
      throw new NotARecordingException(file, "an empty file");
    }
    byte[] magic = RecordingLayout.magic();
    int compared = Math.min(fixed.length, magic.length);
    if (!Arrays.equals(fixed, 0, compared, magic, 0, compared)) {
      throw new NotARecordingException(file, "a file of another kind");
    }
    if (fixed.length < RecordingLayout.FILE_HEADER_LENGTH) {
      throw new NotARecordingException(file, "a file of only " + fixed.length + " bytes");
    }
    ByteBuffer fields = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
    int version = Short.toUnsignedInt(fields.getShort(RecordingLayout.VERSION_OFFSET));
    if (version != RecordingLayout.VERSION) {
      throw new UnsupportedVersionException(file, version, writerOfOtherVersion(fixed, fields));
    }
    int length = fields.getInt(RecordingLayout.FILE_PAYLOAD_LENGTH_OFFSET);
    if (length < 0 || length > RecordingLayout.MAX_FILE_PAYLOAD_BYTES) {
      throw new CorruptRecordingException(
          file,
          0,
          "a header of at most " + RecordingLayout.MAX_FILE_PAYLOAD_BYTES + " bytes",
          Integer.toUnsignedString(length));
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new NotARecordingException(file, "a file that ends inside its header");
    }
    CRC32C crc = new CRC32C();
    crc.update(fixed, 0, RecordingLayout.FILE_CRC_OFFSET);
    crc.update(payload);
    checkCrc(fields.getInt(RecordingLayout.FILE_CRC_OFFSET), crc, "header");
    visitor.header(decodeFileHeader(payload), decoder.dictionary());
    offset = RecordingLayout.FILE_HEADER_LENGTH + (long) length;
  }

  /** The file header begins alike in all versions, so that it can always be said who reads it. */
  private String writerOfOtherVersion(byte[] fixed, ByteBuffer fields) throws IOException {
    int length = fields.getInt(RecordingLayout.FILE_PAYLOAD_LENGTH_OFFSET);
    if (length < 0 || length > RecordingLayout.MAX_FILE_PAYLOAD_BYTES) {
      return "";
    }
    byte[] payload = in.readNBytes(length);
    CRC32C crc = new CRC32C();
    crc.update(fixed, 0, RecordingLayout.FILE_CRC_OFFSET);
    crc.update(payload);
    if (fields.getInt(RecordingLayout.FILE_CRC_OFFSET) != (int) crc.getValue()) {
      return "";
    }
    try {
      return HeaderPayload.read(new PayloadReader(payload, payload.length)).agentVersion();
    } catch (MalformedPayload e) {
      return "";
    }
  }

  private RecordingHeader decodeFileHeader(byte[] payload) throws CorruptRecordingException {
    PayloadReader reader = new PayloadReader(payload, payload.length);
    try {
      return HeaderPayload.read(reader);
    } catch (MalformedPayload e) {
      throw new CorruptRecordingException(file, 0, e.expected(), e.actual());
    }
  }

  private void checkBlockHeader(byte[] header, ByteBuffer fields) throws CorruptRecordingException {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, RecordingLayout.HEADER_CRC_OFFSET);
    checkCrc(fields.getInt(RecordingLayout.HEADER_CRC_OFFSET), crc, "block header");
    for (int at :
        new int[] {RecordingLayout.STORED_LENGTH_OFFSET, RecordingLayout.RAW_LENGTH_OFFSET}) {
      int length = fields.getInt(at);
      if (length < 0 || length > RecordingLayout.MAX_BLOCK_BYTES) {
        throw new CorruptRecordingException(
            file,
            offset,
            "a block of at most " + RecordingLayout.MAX_BLOCK_BYTES + " bytes",
            Integer.toUnsignedString(length));
      }
    }
    long stored = fields.getInt(RecordingLayout.STORED_LENGTH_OFFSET);
    long raw = fields.getInt(RecordingLayout.RAW_LENGTH_OFFSET);
    if (raw > Math.max(stored, stored * RecordingLayout.MAX_INFLATION)) {
      throw new CorruptRecordingException(
          file,
          offset,
          "a block that inflates to at most " + RecordingLayout.MAX_INFLATION + " times its size",
          raw + " bytes from " + stored);
    }
  }

  /** Behind the footer only an {@link Afterword} may stand. */
  private void checkPlace(int type) throws CorruptRecordingException {
    if (decoder.footerSeen() && type != RecordingLayout.TYPE_LIVE) {
      throw new CorruptRecordingException(
          file, offset, "end of file or a live block", "a block of type " + type);
    }
  }

  private void checkPayload(ByteBuffer fields, byte[] stored) throws CorruptRecordingException {
    CRC32C crc = new CRC32C();
    crc.update(stored);
    checkCrc(fields.getInt(RecordingLayout.PAYLOAD_CRC_OFFSET), crc, "block payload");
  }

  private void readBlock(ByteBuffer fields, byte[] stored) throws CorruptRecordingException {
    boolean deflated =
        (fields.get(RecordingLayout.FLAGS_OFFSET) & RecordingLayout.FLAG_DEFLATED) != 0;
    int rawLength = fields.getInt(RecordingLayout.RAW_LENGTH_OFFSET);
    byte[] raw = deflated ? inflate(stored, rawLength) : stored;
    decoder.dictionary().limit(offset + stored.length);
    try {
      decoder.decode(
          Byte.toUnsignedInt(fields.get(RecordingLayout.TYPE_OFFSET)),
          new PayloadReader(raw, raw.length));
    } catch (MalformedPayload e) {
      throw new CorruptRecordingException(file, offset, e.expected(), e.actual());
    }
  }

  private byte[] inflate(byte[] stored, int rawLength) throws CorruptRecordingException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored);
      byte[] raw = new byte[rawLength];
      int length = 0;
      while (length < rawLength) {
        int more = inflater.inflate(raw, length, rawLength - length);
        if (more == 0) {
          throw new CorruptRecordingException(
              file, offset, rawLength + " raw bytes", length + " raw bytes");
        }
        length += more;
      }
      return raw;
    } catch (DataFormatException e) {
      throw new CorruptRecordingException(file, offset, "deflated bytes", e.toString());
    } finally {
      inflater.end();
    }
  }

  private void checkCrc(int expected, CRC32C actual, String what) throws CorruptRecordingException {
    if (expected != (int) actual.getValue()) {
      throw new CorruptRecordingException(
          file,
          offset,
          String.format("%s checksum %08x", what, expected),
          String.format("%08x", (int) actual.getValue()));
    }
  }
}
