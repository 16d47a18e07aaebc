package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RemovedShareTest {
  private final RemovedShare share = new RemovedShare();

  @Test
  void withoutSamplesNothingIsRemoved() {
    share.advance(100);
    assertEquals(0, share.take());
  }

  @Test
  void firstSampleTellsOfAllBefore() {
    share.sampled(true, 40);
    assertEquals(40, share.take());
    share.advance(100);
    assertEquals(60, share.take());
  }

  @Test
  void changeLiesHalfWayBetweenTwoSamples() {
    share.sampled(false, 100);
    share.sampled(true, 200);
    assertEquals(50, share.take());
    share.sampled(false, 300);
    assertEquals(50, share.take());
  }

  @Test
  void whatWasHandedOutIsNotTakenBack() {
    share.sampled(true, 100);
    share.advance(200);
    assertEquals(200, share.take());
    share.sampled(false, 250);
    assertEquals(0, share.take()); // the change would lie at 175
    share.advance(400);
    assertEquals(0, share.take());
  }

  @Test
  void sampleOfBeforeTheLastCountChangesOnlyWhatFollows() {
    share.sampled(false, 10);
    share.advance(100);
    share.sampled(true, 90);
    share.advance(110);
    assertEquals(10, share.take());
  }
}
