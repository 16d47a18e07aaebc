package dev.heaplight.format;

/**
 * Offsets, sizes and type codes of format version 1. All fixed-width integers are little-endian.
 *
 * <pre>
 * file   := fileHeader block*
 *
 * fileHeader                                  block
 *  0  magic               8 bytes              0  type              u8
 *  8  version             u16                  1  flags             u8   bit 0: payload deflated
 * 10  reserved            u16  0               2  reserved          u16  0
 * 12  payload length      u32                  4  stored length     u32
 * 16  CRC-32C             u32  of 0..15        8  raw length        u32
 *                              + payload      12  payload CRC-32C   u32  of the stored bytes
 * 20  payload                                 16  header CRC-32C    u32  of bytes 0..15
 *                                             20  payload
 * </pre>
 */
public final class RecordingLayout {
  /** The one version this library writes, and the newest it reads. */
  public static final int VERSION = 1;

  /** File name extension of a recording, with its dot. */
  public static final String FILE_EXTENSION = ".heaplight";

  static final int SIZE_OF_BYTE = 1;
  static final int SIZE_OF_SHORT = 2;
  static final int SIZE_OF_INT = 4;

  /**
   * As in PNG: a byte above 127, CR LF, end-of-file and LF make a transfer in text mode visible.
   */
  private static final byte[] MAGIC = {(byte) 0x89, 'H', 'L', 'T', '\r', '\n', 0x1A, '\n'};

  static final int MAGIC_OFFSET = 0;
  static final int MAGIC_LENGTH = 8;
  static final int VERSION_OFFSET = MAGIC_OFFSET + MAGIC_LENGTH;
  static final int FILE_RESERVED_OFFSET = VERSION_OFFSET + SIZE_OF_SHORT;
  static final int FILE_PAYLOAD_LENGTH_OFFSET = FILE_RESERVED_OFFSET + SIZE_OF_SHORT;
  static final int FILE_CRC_OFFSET = FILE_PAYLOAD_LENGTH_OFFSET + SIZE_OF_INT;
  static final int FILE_HEADER_LENGTH = FILE_CRC_OFFSET + SIZE_OF_INT;

  static final int TYPE_OFFSET = 0;
  static final int FLAGS_OFFSET = TYPE_OFFSET + SIZE_OF_BYTE;
  static final int BLOCK_RESERVED_OFFSET = FLAGS_OFFSET + SIZE_OF_BYTE;
  static final int STORED_LENGTH_OFFSET = BLOCK_RESERVED_OFFSET + SIZE_OF_SHORT;
  static final int RAW_LENGTH_OFFSET = STORED_LENGTH_OFFSET + SIZE_OF_INT;
  static final int PAYLOAD_CRC_OFFSET = RAW_LENGTH_OFFSET + SIZE_OF_INT;
  static final int HEADER_CRC_OFFSET = PAYLOAD_CRC_OFFSET + SIZE_OF_INT;
  static final int BLOCK_HEADER_LENGTH = HEADER_CRC_OFFSET + SIZE_OF_INT;

  static final int FLAG_DEFLATED = 1;

  /**
   * Payloads below this many bytes are stored as they are: deflating them costs more than it saves.
   */
  static final int DEFLATE_FROM_BYTES = 256;

  /** A writer stores what would inflate to more times its size; a reader refuses it. */
  static final int MAX_INFLATION = 64;

  /**
   * What a dictionary may take in memory: this, and {@link #MAX_DICTIONARY_INFLATION} for each byte
   * of the file up to it. Real ones take up to 50.
   */
  static final long DICTIONARY_BYTES = 16 << 20;

  static final int MAX_DICTIONARY_INFLATION = 256;

  /** The writer splits before this raw size; a reader refuses a block that claims more. */
  static final int MAX_BLOCK_BYTES = 64 << 20;

  /** The writer splits here: one entry may bring a large name along. */
  static final int SPLIT_BYTES = MAX_BLOCK_BYTES / 4;

  /** A reader refuses a file header that claims more. */
  static final int MAX_FILE_PAYLOAD_BYTES = 1 << 20;

  static final int TYPE_DICTIONARY = 1;
  static final int TYPE_ALLOCATIONS = 2;
  static final int TYPE_PROGRESS = 3;
  static final int TYPE_NOTE = 4;
  static final int TYPE_LIVE = 5;
  static final int TYPE_COLLECTIONS = 6;
  static final int TYPE_MEMORY = 7;
  static final int TYPE_OFF_HEAP = 8;
  static final int TYPE_LIFETIMES = 9;
  static final int TYPE_AGENT = 10;
  static final int TYPE_MEMORY_PARTS = 11;
  static final int TYPE_FOOTER = 15;

  /** Part flag of a live block: it goes on with the composition of the live block before. */
  static final int PART_CONTINUES = 1;

  /** Part flag of a live block: the composition goes on in the next one. */
  static final int PART_MORE_FOLLOW = 2;

  private RecordingLayout() {}

  static byte[] magic() {
    return MAGIC.clone();
  }
}
