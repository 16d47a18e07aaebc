package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.heaplight.hook.ThreadTable;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadTimelineTest {
  private static final long NEVER = Long.MIN_VALUE;

  @TempDir private Path session;

  private final ThreadTimeline timeline = new ThreadTimeline();
  private @Nullable Scopes scopes;
  private @Nullable ThreadScope share;
  private @Nullable ThreadScope other;

  @BeforeEach
  void openTwoScopes() {
    scopes = new OpenScopes(session).all();
    share = share("one");
    other = share("two");
  }

  @AfterEach
  void closeThem() {
    if (scopes != null) {
      scopes.closeAll();
    }
    ThreadTable.forgetCurrentThread();
  }

  @Test
  void eachTimeHasTheScopeOfTheLastChangeBefore() {
    timeline.change(share, 100, 50);
    timeline.change(null, 200, 150);
    timeline.change(other, 300, 250);
    assertNull(timeline.at(99));
    assertSame(share, timeline.at(100));
    assertSame(share, timeline.at(199));
    assertNull(timeline.at(250));
    assertSame(other, timeline.at(1_000));
  }

  @Test
  void changesBetweenWhichNothingWasSampledAreForgotten() {
    timeline.change(share, 0, NEVER);
    for (int i = 1; i < 100_000; i++) {
      timeline.change(i % 2 == 0 ? share : other, i, 0);
    }
    assertSame(share, timeline.at(0));
    assertSame(other, timeline.at(100_000));
    assertNotNull(timeline.at(50_000));
  }

  @Test
  void whatHeldAtATimeIsKeptAsTheRestIsForgotten() {
    timeline.change(share, 100, 100);
    timeline.change(other, 200, 200);
    timeline.change(null, 300, 300);
    timeline.forgetBefore(250);
    assertNull(timeline.at(199));
    assertSame(other, timeline.at(250));
    assertNull(timeline.at(300));
    assertEquals(null, timeline.at(400));
  }

  private ThreadScope share(String name) {
    assertNotNull(scopes);
    Scope scope = scopes.open(Map.of("name", name), null);
    assertNotNull(scope);
    ThreadRecord thread = scopes.placements().recordOf(ThreadTable.ofCurrentThread());
    ThreadScope own = thread.shareIn(scope);
    assertNotNull(own);
    return own;
  }
}
