package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScopeLimitsTest {
  private final ScopeLimits limits = new ScopeLimits(1_000, 500, null);

  @Test
  void allocationBeyondTheLimitReachesIt() {
    limits.allocated(1_000);
    assertNull(limits.reached());
    assertEquals(0, limits.remainingBytes());
    limits.allocated(1);
    assertEquals(new ScopeLimits.Reached("allocated", 1_000, 1_001), limits.reached());
  }

  @Test
  void liveBytesBeyondTheLimitReachIt() {
    limits.lived(500);
    assertNull(limits.reached());
    limits.lived(501);
    assertEquals(new ScopeLimits.Reached("live", 500, 501), limits.reached());
    assertTrue(limits.liveReached());
  }

  @Test
  void afterAnErrorTheLimitIsATenthFurther() {
    limits.allocated(1_050);
    assertTrue(limits.rearm(Objects.requireNonNull(limits.reached())));
    assertNull(limits.reached());
    limits.allocated(100);
    assertNull(limits.reached());
    limits.allocated(1);
    assertEquals(new ScopeLimits.Reached("allocated", 1_000, 1_151), limits.reached());
  }

  @Test
  void ofTwoThreadsThatSeeALimitOneIsToThrow() {
    limits.allocated(1_001);
    ScopeLimits.Reached reached = Objects.requireNonNull(limits.reached());
    assertTrue(limits.rearm(reached));
    assertFalse(limits.rearm(reached));
  }

  @Test
  void looksGetRarerAfterManyInVain() {
    limits.allocated(2_000);
    assertEquals(0, limits.patienceBytes());
    for (int i = 0; i < 1_000; i++) {
      limits.refused();
    }
    assertTrue(limits.patienceBytes() > 0);
    assertTrue(limits.rearm(Objects.requireNonNull(limits.reached())));
    assertEquals(0, limits.patienceBytes());
  }
}
