package dev.heaplight.monitor.policy;

import static dev.heaplight.monitor.FakeNode.MB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidates here read {@code name:megabytes:openedMillis[:flags]}; see {@link #candidate}. */
class KillPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "largest,        a:100:1 b:300:2 c:200:3,             b c a",
    "largest,        old:300:1 new:299:2,                 new old",
    "largest,        old:300:1 new:295:2:n,               old new",
    "largest,        hog:900:1:n small:10:9,              hog small",
    "largest,        idle:500:0:i task:100:5,             idle task",
    "retriable-lifo, actor:100:1:n task:100:2,            task actor",
    "retriable-lifo, old:100:1 new:100:2:n,               old new",
    "retriable-lifo, old:900:1 new:1:2,                   new old",
    "group-by-owner, x1:1:1:oX x2:1:2:oX x3:1:3:oX y1:9:9:oY, x3 x2 x1 y1",
    "group-by-owner, x1:1:1:noX x2:1:2:noX y1:9:9:oY,     y1 x2 x1",
    "by-time,        old:1:1 idle:1:0:i new:1:2,          idle new old",
    "over-declared,  a:300:1:d250 b:200:2:d50 c:900:3,    b a c",
    "over-declared,  a:100:1:d250 b:200:2,                b a",
    "largest,        low:10:1:p-1 high:900:2:p5,          low high",
  })
  void order(String policy, String candidates, String expected) {
    List<Candidate> given =
        new ArrayList<>(
            Arrays.stream(candidates.split(" ", -1)).map(KillPolicyTest::candidate).toList());
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(given, new Random(i)); // whatever order they were found in
      assertEquals(
          expected,
          KillPolicy.of(policy).rank(given).stream()
              .map(ranked -> ranked.candidate().task().name())
              .collect(Collectors.joining(" ")));
    }
  }

  @Test
  void everyPlaceHasAReason() {
    for (KillPolicy policy : KillPolicy.values()) {
      policy
          .rank(List.of(candidate("a:1:1"), candidate("b:2:2:n")))
          .forEach(ranked -> assertEquals(false, ranked.why().isBlank()));
    }
    assertEquals(
        "of owner X, a group of 1, retriable, newest first, the last of its group: better not"
            + " retried",
        KillPolicy.GROUP_BY_OWNER.rank(List.of(candidate("a:1:1:oX"))).get(0).why());
  }

  @Test
  void nobodyIsRankedWhereThereIsNobody() {
    for (KillPolicy policy : KillPolicy.values()) {
      assertEquals(List.of(), policy.rank(List.of()));
    }
  }

  @Test
  void unknownPolicyIsRefused() {
    assertEquals(
        "unknown policy: actual=random, expected=largest, retriable-lifo, group-by-owner, by-time,"
            + " over-declared",
        assertThrows(IllegalArgumentException.class, () -> KillPolicy.of("random")).getMessage());
  }

  /** Flags: n not retriable, i idle worker, oX owner X, dN declares N MB, pN priority N. */
  private static Candidate candidate(String text) {
    String[] parts = text.split(":", -1);
    String flags = parts.length > 3 ? parts[3] : "";
    boolean idle = flags.startsWith("i");
    boolean retriable = !flags.startsWith("n");
    String rest = flags.startsWith("n") ? flags.substring(1) : flags;
    String owner = rest.startsWith("o") ? rest.substring(1) : "";
    long declared = rest.startsWith("d") ? Long.parseLong(rest.substring(1)) * MB : 0;
    int priority = rest.startsWith("p") ? Integer.parseInt(rest.substring(1)) : 0;
    long bytes = Long.parseLong(parts[1]) * MB;
    long opened = Long.parseLong(parts[2]);
    TaskRecord task =
        new TaskRecord(
            1,
            parts[0],
            idle ? Candidate.IDLE_WORKER : "task",
            "1",
            opened,
            0,
            0,
            0,
            retriable,
            owner,
            priority,
            declared,
            1,
            "",
            true);
    return new Candidate(
        new ProcessIdentity(100 + opened, 1), task, bytes, bytes, "RSS", 0, false, true);
  }
}
