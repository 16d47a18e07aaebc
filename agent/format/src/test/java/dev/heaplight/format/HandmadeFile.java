package dev.heaplight.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Bytes of a recording that no writer would write, with right checksums all the same. */
final class HandmadeFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A file whose header is right and short. */
  static HandmadeFile withHeader() {
    PayloadWriter payload = new PayloadWriter();
    for (String text : new String[] {"name", "task", "1"}) {
      payload.string(text);
    }
    payload.unsigned(0);
    payload.string("exact");
    payload.signed(0);
    payload.unsigned(1);
    for (String text : new String[] {"host", "jvm", "0"}) {
      payload.string(text);
    }
    byte[] content = contentOf(payload);
    return new HandmadeFile().header(RecordingLayout.VERSION, content.length, content);
  }

  /** Adds a file header that claims this version and length. */
  HandmadeFile header(int version, int claimedLength, byte[] payload) {
    byte[] header = new byte[RecordingLayout.FILE_HEADER_LENGTH];
    ByteBuffer fixed = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    fixed.put(RecordingLayout.magic()).putShort((short) version).putShort((short) 0);
    fixed.putInt(claimedLength);
    CRC32C crc = new CRC32C();
    crc.update(header, 0, RecordingLayout.FILE_CRC_OFFSET);
    crc.update(payload);
    fixed.putInt((int) crc.getValue());
    bytes.writeBytes(header);
    bytes.writeBytes(payload);
    return this;
  }

  HandmadeFile block(int type, PayloadWriter payload) {
    byte[] content = contentOf(payload);
    return block(type, 0, content.length, content.length, content);
  }

  /** Adds a block that claims these lengths. */
  HandmadeFile block(int type, int flags, int storedLength, int rawLength, byte[] stored) {
    byte[] header = new byte[RecordingLayout.BLOCK_HEADER_LENGTH];
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    fields.put((byte) type).put((byte) flags).putShort((short) 0);
    fields.putInt(storedLength).putInt(rawLength);
    CRC32C crc = new CRC32C();
    crc.update(stored);
    fields.putInt((int) crc.getValue());
    crc.reset();
    crc.update(header, 0, RecordingLayout.HEADER_CRC_OFFSET);
    fields.putInt((int) crc.getValue());
    bytes.writeBytes(header);
    bytes.writeBytes(stored);
    return this;
  }

  int size() {
    return bytes.size();
  }

  void writeTo(Path file) throws IOException {
    Files.write(file, bytes.toByteArray());
  }

  static byte[] contentOf(PayloadWriter payload) {
    return Arrays.copyOf(payload.array(), payload.size());
  }
}
