package dev.heaplight.viewer.damage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Damages recordings. Half of what it does leaves all checksums right, so that it gets past them:
 * the layout here is written down from the specification a second time.
 */
final class Damager {
  private static final int FILE_HEADER = 20;
  private static final int BLOCK_HEADER = 20;
  private static final int BLOCK_TYPES = 17;
  private static final int MAX_FLIPS = 8;
  private static final int MAX_EDITS = 12;
  private static final int MAX_RANDOM_PAYLOAD = 400;
  private static final int LARGEST_BLOCK = 64 << 20;

  private final Random random;

  Damager(Random random) {
    this.random = random;
  }

  /** Ways of damaging that suit any kind of file. */
  byte[] damageBytes(byte[] whole) {
    byte[] damaged = whole.clone();
    switch (random.nextInt(3)) {
      case 0 -> damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      case 1 -> {
        for (int flips = 1 + random.nextInt(MAX_FLIPS); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> {
        int start = random.nextInt(damaged.length);
        int end = Math.min(damaged.length, start + 1 + random.nextInt(64));
        byte value = (byte) random.nextInt();
        for (int i = start; i < end; i++) {
          damaged[i] = random.nextBoolean() ? value : (byte) random.nextInt();
        }
      }
    }
    return damaged;
  }

  /** Damages a recording, {@code other} being another one to take blocks from. */
  byte[] damage(byte[] whole, byte[] other) {
    if (random.nextBoolean()) {
      return damageBytes(whole);
    }
    List<byte[]> blocks = blocksOf(whole);
    List<byte[]> others = blocksOf(other);
    int at = 1 + random.nextInt(blocks.size() - 1);
    switch (random.nextInt(8)) {
      case 0 -> blocks.remove(at);
      case 1 -> blocks.add(at, blocks.get(1 + random.nextInt(blocks.size() - 1)));
      case 2 -> blocks.add(at, others.get(1 + random.nextInt(others.size() - 1)));
      case 3 -> blocks.add(at, block(random.nextInt(BLOCK_TYPES), randomPayload()));
      case 4 -> blocks.set(at, misleadingLengths(blocks.get(at)));
      case 5 -> blocks.set(0, fileHeader(blocks.get(0)));
      case 6 -> {
        if (random.nextInt(100) == 0) {
          blocks.add(at, deflatedZeros());
        } else {
          blocks.set(at, edited(blocks.get(at)));
        }
      }
      default -> blocks.set(at, edited(blocks.get(at)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    blocks.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** The file header, and each block with its own. */
  private static List<byte[]> blocksOf(byte[] whole) {
    List<byte[]> blocks = new ArrayList<>();
    int at = FILE_HEADER + ints(whole).getInt(12);
    blocks.add(Arrays.copyOf(whole, at));
    while (at < whole.length) {
      int end = at + BLOCK_HEADER + ints(whole).getInt(at + 4);
      blocks.add(Arrays.copyOfRange(whole, at, end));
      at = end;
    }
    return blocks;
  }

  /** The same block with some bytes of what it holds changed, taken out or put in. */
  private byte[] edited(byte[] block) {
    return block(block[0], edit(payload(block)));
  }

  private byte[] edit(byte[] payload) {
    byte[] edited = payload;
    for (int edits = 1 + random.nextInt(MAX_EDITS); edits > 0; edits--) {
      int at = random.nextInt(edited.length + 1);
      int cut = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
      byte[] added = random.nextInt(3) == 0 ? integer() : new byte[] {(byte) random.nextInt()};
      byte[] next = new byte[at + added.length + Math.max(0, edited.length - at - cut)];
      System.arraycopy(edited, 0, next, 0, at);
      System.arraycopy(added, 0, next, at, added.length);
      int rest = Math.min(edited.length, at + cut);
      System.arraycopy(edited, rest, next, at + added.length, edited.length - rest);
      edited = next;
    }
    return edited;
  }

  /** An integer of the format that is as large or as odd as they come. */
  private byte[] integer() {
    byte[] bytes = new byte[1 + random.nextInt(11)];
    Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0xFF : 0x80));
    bytes[bytes.length - 1] = (byte) random.nextInt(128);
    return bytes;
  }

  private byte[] randomPayload() {
    byte[] payload = new byte[random.nextInt(MAX_RANDOM_PAYLOAD)];
    random.nextBytes(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] &= (byte) (random.nextInt(4) == 0 ? 0xFF : 0x07); // small integers lead further
    }
    return payload;
  }

  private byte[] misleadingLengths(byte[] block) {
    byte[] changed = block.clone();
    int[] values = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, LARGEST_BLOCK, block.length};
    ints(changed).putInt(random.nextBoolean() ? 4 : 8, values[random.nextInt(values.length)]);
    changed[1] = (byte) random.nextInt(4);
    return withHeaderChecksum(changed);
  }

  /** A count of empty strings, or of the like; little on disk, and as much as may be in memory. */
  private byte[] deflatedZeros() {
    int raw = LARGEST_BLOCK >> (3 + random.nextInt(9));
    byte[] payload = new byte[raw];
    for (int count = raw - 8, i = 0; count > 0; count >>>= 7, i++) {
      payload[i] = (byte) ((count & 0x7F) | (count >>> 7 > 0 ? 0x80 : 0));
    }
    byte[] noise = new byte[random.nextInt(raw / 60 + 1)];
    random.nextBytes(noise); // up to where a reader takes it for possible
    System.arraycopy(noise, 0, payload, raw - noise.length, noise.length);
    Deflater deflater = new Deflater();
    deflater.setInput(payload);
    deflater.finish();
    byte[] stored = new byte[raw / 50 + 1_000];
    int length = deflater.deflate(stored);
    deflater.end();
    return block(random.nextInt(BLOCK_TYPES), 1, raw, Arrays.copyOf(stored, length));
  }

  private byte[] fileHeader(byte[] header) {
    byte[] payload = edit(Arrays.copyOfRange(header, FILE_HEADER, header.length));
    byte[] changed = Arrays.copyOf(header, FILE_HEADER + payload.length);
    System.arraycopy(payload, 0, changed, FILE_HEADER, payload.length);
    ints(changed).putInt(12, payload.length);
    CRC32C crc = new CRC32C();
    crc.update(changed, 0, 16);
    crc.update(payload);
    ints(changed).putInt(16, (int) crc.getValue());
    return changed;
  }

  private static byte[] payload(byte[] block) {
    byte[] stored = Arrays.copyOfRange(block, BLOCK_HEADER, block.length);
    if ((block[1] & 1) == 0) {
      return stored;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored);
      byte[] raw = new byte[ints(block).getInt(8)];
      int unused = inflater.inflate(raw);
      return raw;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] block(int type, byte[] payload) {
    return block(type, 0, payload.length, payload);
  }

  private static byte[] block(int type, int flags, int rawLength, byte[] stored) {
    byte[] block = new byte[BLOCK_HEADER + stored.length];
    CRC32C crc = new CRC32C();
    crc.update(stored);
    ByteBuffer fields = ints(block).put((byte) type).put((byte) flags).putShort((short) 0);
    fields.putInt(stored.length).putInt(rawLength).putInt((int) crc.getValue());
    System.arraycopy(stored, 0, block, BLOCK_HEADER, stored.length);
    return withHeaderChecksum(block);
  }

  private static byte[] withHeaderChecksum(byte[] block) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, 16);
    ints(block).putInt(16, (int) crc.getValue());
    return block;
  }

  private static ByteBuffer ints(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
