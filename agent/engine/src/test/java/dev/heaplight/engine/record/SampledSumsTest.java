package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.sample.StackAndClass;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampledSumsTest {
  private static final Origin A = origin(1);
  private static final Origin B = origin(2);

  private final SampledSums sums = new SampledSums();
  private final Map<Origin, Long> bytes = new HashMap<>();
  private final Map<Origin, Long> objects = new HashMap<>();

  @Test
  void samplesShareWhatTheJvmCountedByTheirWeights() {
    sums.add(A, 10, 3_000);
    sums.add(B, 20, 1_000);

    assertEquals(6_000, settle(6_000, false));
    assertEquals(Map.of(A, 4_500L, B, 1_500L), bytes);
    assertEquals(Map.of(A, 15L, B, 30L), objects);
  }

  @Test
  void sumIsExactHoweverItIsRounded() {
    Random random = new Random(1);
    long due = 0;
    for (int flush = 0; flush < 50; flush++) {
      for (int i = 0; i < 7; i++) {
        sums.add(origin(random.nextInt(20)), 1.3, 1_000 + random.nextInt(999));
      }
      long counted = 5_000L + random.nextInt(10_001);
      due += counted;
      due -= settle(due, flush == 49);
    }
    assertEquals(0, due);
    assertTrue(bytes.values().stream().allMatch(each -> each > 0), bytes::toString);
  }

  @Test
  void fewSamplesWaitForMoreBeforeTheyStandForManyTimesTheirWeight() {
    sums.add(A, 1, 1_000);
    assertEquals(2_000, settle(50_000, false));
    sums.add(B, 1, 30_000);
    assertEquals(48_000, settle(48_000, false));
    assertEquals(Map.of(A, 2_000L, B, 48_000L), bytes);
  }

  @Test
  void whatIsLeftAtTheEndGoesToAllStacksByTheirWeights() {
    sums.add(A, 1, 3_000);
    sums.add(B, 1, 1_000);
    assertEquals(4_000, settle(4_000, false));
    assertEquals(400, settle(400, true));
    assertEquals(Map.of(A, 3_300L, B, 1_100L), bytes);
  }

  @Test
  void withoutAnySampleAllIsSaidToBeNotSampled() {
    assertEquals(777, settle(777, true));
    assertEquals(SampledSums.NOT_SAMPLED, bytes.keySet().iterator().next().where().className());
    assertEquals(777, bytes.values().iterator().next());
  }

  @Test
  void withoutTheJvmsCountSamplesCountByThemselves() {
    sums.add(A, 2.4, 2_400);
    sums.settle(this::receive);
    assertEquals(Map.of(A, 2_400L), bytes);
    assertEquals(Map.of(A, 2L), objects);
  }

  private long settle(long due, boolean last) {
    return sums.settle(due, last, this::receive);
  }

  private void receive(Origin origin, long moreObjects, long moreBytes) {
    bytes.merge(origin, moreBytes, Long::sum);
    objects.merge(origin, moreObjects, Long::sum);
  }

  private static Origin origin(int stack) {
    return new Origin(new ThreadLabel(1, "main"), new StackAndClass(stack, "byte[]"));
  }
}
