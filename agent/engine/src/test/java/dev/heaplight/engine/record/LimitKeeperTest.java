package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitKeeperTest {
  @TempDir Path session;
  private OpenScopes scopes;

  @BeforeEach
  void begin() {
    scopes = new OpenScopes(session);
  }

  @AfterEach
  void end() {
    scopes.close();
  }

  @Test
  void anErrorOfAnOwnLimitSaysWhatItsOpenerSaidToo() {
    Scope scope =
        scopes.open(
            "job", "id", "1", "retriable", "false", "attempt", "2", "limitAllocated", "1000");
    scopes.allocate(scope, "run", 900);
    assertNull(scopes.look());
    Objects.requireNonNull(scope.limits()).allocated(1_001);
    assertEquals(
        Map.of(
            "scope", "job",
            "id", "1",
            "attempt", "2",
            "retriable", "false",
            "limit", "allocated",
            "limitBytes", "1000",
            "usedBytes", "1001",
            "hottestStack", "com.acme.Job.run(Job.java:7)\ncom.acme.Main.main(Main.java:3)",
            "recording", scope.file().toString()),
        Objects.requireNonNull(scopes.look()).facts());
    assertNull(scopes.look(), "the limit is further away now");
  }
}
