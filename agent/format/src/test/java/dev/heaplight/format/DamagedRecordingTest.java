package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader makes of recordings that were cut, damaged, or never were any. */
@Timeout(120)
class DamagedRecordingTest {
  private static final long SEED = 20_261_101;
  private static final int INPUTS = 2_000;

  @TempDir Path directory;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("damaged.heaplight");
    whole = new byte[0];
  }

  private void write(Sample sample) throws IOException {
    Path written = directory.resolve("whole.heaplight");
    sample.write(written);
    whole = Files.readAllBytes(written);
  }

  @Test
  void sampleHasDeflatedBlocks() throws IOException {
    write(Sample.ALLOCATIONS);
    int deflated = 0;
    for (int at = headerEnd(); at < whole.length; at = blockEnd(at)) {
      deflated += whole[at + RecordingLayout.FLAGS_OFFSET] & RecordingLayout.FLAG_DEFLATED;
    }
    assertTrue(deflated > 0);
  }

  @ParameterizedTest
  @EnumSource
  void truncatedTailKeepsCompleteBlocks(Sample sample) throws IOException {
    write(sample);
    int usable = headerEnd();
    int block = 0;
    int events = 1;
    for (int length = headerEnd(); length < whole.length; length++) {
      if (length == blockEnd(usable)) {
        usable = length;
        events += sample.eventsOfBlock(block++);
      }
      Files.write(file, Arrays.copyOf(whole, length));
      ReadRecording read = ReadRecording.of(file);
      assertEquals(sample.events().subList(0, events), read.events(), "length=" + length);
      boolean complete = block > sample.footerBlock();
      assertEquals(new ReadOutcome(complete, usable, length - usable), read.outcome());
    }
    assertEquals(sample.blocks() - 1, block);
  }

  @Test
  void fileCutInsideItsHeaderIsNotARecording() throws IOException {
    write(Sample.ALLOCATIONS);
    for (int length = 0; length < headerEnd(); length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(NotARecordingException.class, () -> ReadRecording.of(file), "length=" + length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFlippedBitGoesUnnoticed(Sample sample) throws IOException {
    write(sample);
    for (int offset = 0; offset < whole.length; offset++) {
      for (int bit : new int[] {0, 4, 7}) {
        byte[] damaged = whole.clone();
        damaged[offset] ^= (byte) (1 << bit);
        Files.write(file, damaged);
        assertThrows(RecordingException.class, () -> ReadRecording.of(file), "offset=" + offset);
      }
    }
  }

  @Test
  void randomBytesAreNotARecording() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < INPUTS; i++) {
      byte[] garbage = new byte[random.nextInt(2_000)];
      random.nextBytes(garbage);
      Files.write(file, garbage);
      assertThrows(NotARecordingException.class, () -> ReadRecording.of(file), "input=" + i);
    }
  }

  @Test
  void randomBytesBehindAHeaderAreCorruptOrTruncated() throws IOException {
    write(Sample.ALLOCATIONS);
    Random random = new Random(SEED);
    for (int i = 0; i < INPUTS; i++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      byte[] bytes = Arrays.copyOf(whole, headerEnd() + garbage.length);
      System.arraycopy(garbage, 0, bytes, headerEnd(), garbage.length);
      Files.write(file, bytes);
      if (garbage.length < RecordingLayout.BLOCK_HEADER_LENGTH) {
        ReadOutcome expected = new ReadOutcome(false, headerEnd(), garbage.length);
        assertEquals(expected, ReadRecording.of(file).outcome());
      } else {
        assertThrows(CorruptRecordingException.class, () -> ReadRecording.of(file), "input=" + i);
      }
    }
  }

  /** With right checksums, so that every value reaches the decoder. */
  @Test
  void randomPayloadsAreReadOrCorrupt() throws IOException {
    Random random = new Random(SEED);
    int[] types = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15};
    int corrupt = 0;
    for (int i = 0; i < INPUTS; i++) {
      HandmadeFile handmade = HandmadeFile.withHeader();
      int blocks = 1 + random.nextInt(3);
      for (int block = 0; block < blocks; block++) {
        int type = types[random.nextInt(types.length)];
        handmade.block(type, random.nextBoolean() ? emptyPayload(type) : randomPayload(random));
      }
      corrupt += readOrCorrupt(handmade);
    }
    assertTrue(corrupt > INPUTS / 2 && corrupt < INPUTS * 3 / 4, "corrupt=" + corrupt);
  }

  /** Each block's stored bytes with one byte changed, and right checksums again. */
  @ParameterizedTest
  @EnumSource
  void changedPayloadsAreReadOrCorrupt(Sample sample) throws IOException {
    write(sample);
    Random random = new Random(SEED);
    int corrupt = 0;
    for (int i = 0; i < INPUTS; i++) {
      int changed = headerEnd() + random.nextInt(whole.length - headerEnd());
      byte value = (byte) random.nextInt();
      HandmadeFile handmade = HandmadeFile.withHeader();
      for (int at = headerEnd(); at < whole.length; at = blockEnd(at)) {
        int payloadStart = at + RecordingLayout.BLOCK_HEADER_LENGTH;
        byte[] stored = Arrays.copyOfRange(whole, payloadStart, blockEnd(at));
        if (changed >= payloadStart && changed < blockEnd(at)) {
          stored[changed - payloadStart] = value;
        }
        int rawLength = littleEndian().getInt(at + RecordingLayout.RAW_LENGTH_OFFSET);
        int flags = whole[at + RecordingLayout.FLAGS_OFFSET];
        handmade.block(whole[at], flags, stored.length, rawLength, stored);
      }
      corrupt += readOrCorrupt(handmade);
    }
    assertTrue(corrupt > INPUTS / 10 && corrupt < INPUTS / 2, "corrupt=" + corrupt);
  }

  @Test
  void blockThatInflatesToFarMoreThanItsSizeIsRefused() throws IOException {
    byte[] stored = deflated(new byte[1 << 20], Deflater.DEFAULT_STRATEGY);
    HandmadeFile.withHeader().block(1, 1, stored.length, 1 << 20, stored).writeTo(file);
    CorruptRecordingException corrupt =
        assertThrows(CorruptRecordingException.class, () -> ReadRecording.of(file));
    assertTrue(
        String.valueOf(corrupt.getMessage())
            .contains("expected=a block that inflates to at most 64 times its size"),
        corrupt.getMessage());
  }

  @Test
  void dictionaryThatTakesFarMoreMemoryThanItsFileIsRefused() throws IOException {
    int strings = 4_000_000;
    byte[] empty = new byte[strings];
    PayloadWriter count = new PayloadWriter();
    count.unsigned(strings - 10);
    System.arraycopy(count.array(), 0, empty, 0, count.size());
    byte[] stored = deflated(empty, Deflater.HUFFMAN_ONLY);
    HandmadeFile.withHeader().block(1, 1, stored.length, strings, stored).writeTo(file);
    CorruptRecordingException corrupt =
        assertThrows(CorruptRecordingException.class, () -> ReadRecording.of(file));
    assertTrue(
        String.valueOf(corrupt.getMessage()).contains("expected=a dictionary of at most "),
        corrupt.getMessage());
  }

  private static byte[] deflated(byte[] raw, int strategy) {
    Deflater deflater = new Deflater();
    deflater.setStrategy(strategy);
    deflater.setInput(raw);
    deflater.finish();
    byte[] stored = new byte[raw.length];
    int length = 0;
    while (!deflater.finished()) {
      length += deflater.deflate(stored, length, stored.length - length);
    }
    deflater.end();
    return Arrays.copyOf(stored, length);
  }

  @Test
  void randomFileHeadersAreReadOrCorrupt() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < INPUTS; i++) {
      byte[] payload = HandmadeFile.contentOf(randomPayload(random));
      new HandmadeFile().header(1, payload.length, payload).writeTo(file);
      CorruptRecordingException corrupt =
          assertThrows(CorruptRecordingException.class, () -> ReadRecording.of(file));
      assertEquals(0, corrupt.offset());
    }
  }

  /** 1 if the file was refused as corrupt, 0 if it was read to its end. */
  private int readOrCorrupt(HandmadeFile handmade) throws IOException {
    handmade.writeTo(file);
    try {
      assertEquals(handmade.size(), ReadRecording.of(file).outcome().usableBytes());
      return 0;
    } catch (CorruptRecordingException e) {
      assertTrue(e.offset() > 0, e.getMessage());
      return 1;
    }
  }

  /** The payload of a block of this type that holds nothing. */
  private static PayloadWriter emptyPayload(int type) {
    int[] values = {0, 4, 3, 6, 1, 7, 1, 1, 3, 1, 3};
    PayloadWriter payload = new PayloadWriter();
    for (int i = type == RecordingLayout.TYPE_FOOTER ? 4 : values[type]; i > 0; i--) {
      // The first value of a live block is its kind, of which none is 0.
      payload.unsigned(type == RecordingLayout.TYPE_LIVE && i == 7 ? 1 : 0);
    }
    return payload;
  }

  private static PayloadWriter randomPayload(Random random) {
    PayloadWriter payload = new PayloadWriter();
    int values = random.nextInt(12);
    for (int i = 0; i < values; i++) {
      switch (random.nextInt(8)) {
        case 0 -> payload.unsigned(random.nextLong());
        case 1 -> payload.string("s".repeat(random.nextInt(4)));
        case 2 -> payload.unsigned(random.nextInt(300));
        default -> payload.unsigned(random.nextInt(3));
      }
    }
    return payload;
  }

  private int headerEnd() {
    return RecordingLayout.FILE_HEADER_LENGTH
        + littleEndian().getInt(RecordingLayout.FILE_PAYLOAD_LENGTH_OFFSET);
  }

  private int blockEnd(int start) {
    return start
        + RecordingLayout.BLOCK_HEADER_LENGTH
        + littleEndian().getInt(start + RecordingLayout.STORED_LENGTH_OFFSET);
  }

  private ByteBuffer littleEndian() {
    return ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
  }
}
