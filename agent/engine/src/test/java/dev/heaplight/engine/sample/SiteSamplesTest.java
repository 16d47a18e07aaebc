package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SiteSamplesTest {
  private static final long SEED = 20_261_101;
  private static final int CASES = 2_000;

  private final SiteSamples samples = new SiteSamples();
  private final Map<StackAndClass, long[]> paid = new HashMap<>();

  @Test
  void onlyStackGetsEverything() {
    samples.add(stack(1), 1, 24);
    spread(7, 168);
    assertPaid(stack(1), 7, 168);
  }

  @Test
  void stacksGetTheirShares() {
    samples.add(stack(1), 30, 3_000);
    samples.add(stack(2), 10, 1_000);
    spread(1_000, 100_000);
    assertPaid(stack(1), 750, 75_000);
    assertPaid(stack(2), 250, 25_000);
  }

  @Test
  void objectsAndBytesHaveSharesOfTheirOwn() {
    samples.add(stack(1), 1, 900);
    samples.add(stack(2), 9, 100);
    spread(10, 10_000);
    assertPaid(stack(1), 1, 9_000);
    assertPaid(stack(2), 9, 1_000);
  }

  @Test
  void samplesOfOneStackAddUp() {
    samples.add(stack(1), 1, 10);
    samples.add(stack(2), 1, 10);
    samples.add(stack(1), 2, 20);
    spread(100, 1_000);
    assertPaid(stack(1), 75, 750);
    assertPaid(stack(2), 25, 250);
  }

  @Test
  void laterSliceMakesGoodWhatAnEarlierOneDidNotKnow() {
    samples.add(stack(1), 1, 10);
    spread(100, 1_000);
    samples.add(stack(2), 1, 10);
    spread(100, 1_000);
    assertPaid(stack(1), 100, 1_000);
    assertPaid(stack(2), 100, 1_000);
  }

  @Test
  void nothingIsTakenBackFromAStackThatGotTooMuch() {
    samples.add(stack(1), 1, 10);
    spread(1_000, 10_000);
    samples.add(stack(2), 9, 90);
    spread(10, 100);
    assertPaid(stack(1), 1_000, 10_000);
    assertPaid(stack(2), 10, 100);
  }

  @Test
  void partsAddUpExactlyAndAreNeverNegative() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      SiteSamples site = new SiteSamples();
      int slices = 1 + random.nextInt(8);
      site.add(stack(0), 1, 1 + random.nextInt(1_000));
      for (int slice = 0; slice < slices; slice++) {
        addSome(site, random);
        long objects = random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 50));
        long bytes = random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 60));
        long[] sums = new long[2];
        site.spread(
            objects,
            bytes,
            (where, shareObjects, shareBytes) -> {
              assertTrue(shareObjects >= 0 && shareBytes >= 0);
              assertTrue(shareObjects > 0 || shareBytes > 0);
              sums[0] += shareObjects;
              sums[1] += shareBytes;
            });
        assertEquals(objects, sums[0], "case=" + i);
        assertEquals(bytes, sums[1], "case=" + i);
      }
    }
  }

  @Test
  void sharesConvergeOverManySlices() {
    Random random = new Random(SEED);
    int[] weights = {1, 2, 3, 4};
    for (int slice = 0; slice < 200; slice++) {
      for (int stack = 0; stack < weights.length; stack++) {
        samples.add(stack(stack), weights[stack], 16.0 * weights[stack]);
      }
      int objects = random.nextInt(1_000);
      spread(objects, 16L * objects);
    }
    long all = paid.values().stream().mapToLong(sums -> sums[0]).sum();
    for (int stack = 0; stack < weights.length; stack++) {
      long share = paid.getOrDefault(stack(stack), new long[2])[0];
      assertEquals(all * weights[stack] / 10.0, (double) share, 2, "stack=" + stack);
    }
  }

  /** A site whose class has an unknown size is sampled with weights of no bytes. */
  @Test
  void samplesOfNoBytesStillAddUp() {
    samples.add(stack(1), 1, 0);
    samples.add(stack(2), 1, 0);
    spread(10, 0);
    assertPaid(stack(1), 5, 0);
    assertPaid(stack(2), 5, 0);
  }

  private static void addSome(SiteSamples site, Random random) {
    int added = random.nextInt(6);
    for (int i = 0; i < added; i++) {
      double objects = random.nextDouble() * Math.pow(10, random.nextInt(9)) + 1;
      site.add(stack(random.nextInt(10)), objects, objects * (1 + random.nextInt(100)));
    }
  }

  private void spread(long objects, long bytes) {
    samples.spread(
        objects,
        bytes,
        (where, shareObjects, shareBytes) -> {
          long[] sums = paid.computeIfAbsent(where, unused -> new long[2]);
          sums[0] += shareObjects;
          sums[1] += shareBytes;
        });
  }

  private void assertPaid(StackAndClass where, long objects, long bytes) {
    long[] sums = paid.getOrDefault(where, new long[2]);
    assertEquals(objects, sums[0]);
    assertEquals(bytes, sums[1]);
  }

  private static StackAndClass stack(int number) {
    return new StackAndClass(number, "byte[]");
  }
}
