package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelGzipTest {
  /** The JDK's own reader checks the sum and the length behind the data. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1 << 20, (1 << 20) + 1, 23_456_789})
  void readsAsOneGzipMember(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Arrays.fill(bytes, length / 3, length / 2, (byte) 'a');
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ParallelGzip gzip = new ParallelGzip(packed, Deflater.BEST_SPEED)) {
      int half = length / 2;
      gzip.write(bytes, 0, half);
      for (int i = half; i < length; i += 70_000) {
        gzip.write(bytes, i, Math.min(70_000, length - i));
      }
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
  }
}
