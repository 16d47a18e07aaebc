package dev.heaplight.viewer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionRootTest {
  @TempDir Path temporary;

  @Test
  void latestSessionOfBothPlacesIsTheNewest() throws IOException {
    session("heaplight", "session_2026-01-02_10-00-00_99");
    Path latest = session("heaplight-ann", "session_2026-01-03_09-00-00_7");
    session("heaplight", "session_2026-01-03_08-59-59_8");
    session("heaplight-bob", "session_2026-01-09_08-59-59_8");
    session("heaplight", "zzz");
    assertEquals(Optional.of(latest), root(null).newest());
  }

  @Test
  void linkToTheLatestIsNoSessionOfItsOwn() throws IOException {
    Path session = session("heaplight", "session_2026-01-02_10-00-00_99");
    Files.createSymbolicLink(temporary.resolve("heaplight/session_latest"), session.getFileName());
    assertEquals(Optional.of(session), root(null).newest());
  }

  @Test
  void environmentsDirectoryIsTheSession() throws IOException {
    session("heaplight", "session_2026-01-02_10-00-00_99");
    Path own = Files.createDirectories(temporary.resolve("own"));
    assertEquals(Optional.of(own), root(own.toString()).newest());
    assertEquals(List.of(own), root(own.toString()).places());
  }

  @Test
  void thereMayBeNone() throws IOException {
    assertEquals(Optional.empty(), root(null).newest());
    assertEquals(Optional.empty(), root(temporary.resolve("none").toString()).newest());
    Files.createDirectories(temporary.resolve("heaplight"));
    assertEquals(Optional.empty(), root(null).newest());
  }

  private Path session(String base, String name) throws IOException {
    return Files.createDirectories(temporary.resolve(base).resolve(name));
  }

  private SessionRoot root(@Nullable String given) {
    return new SessionRoot(given, temporary, "ann");
  }
}
