package dev.heaplight.monitor.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionDirectoryTest {
  @TempDir Path temporary;

  @Test
  void workerMakesItsOwnForItselfAlone() throws IOException {
    Path logs = new SessionDirectory(null, temporary.toString()).logs();
    Path session = above(logs);
    Path base = temporary.resolve("heaplight");
    assertEquals("logs", logs.getFileName().toString());
    assertEquals(base, above(session));
    String pattern =
        "session_\\d{4}-\\d{2}-\\d{2}_\\d{2}-\\d{2}-\\d{2}_" + ProcessHandle.current().pid();
    assertTrue(session.getFileName().toString().matches(pattern), session.toString());
    for (Path made : List.of(base, session, logs)) {
      assertOwnersAlone(made);
    }
  }

  @Test
  void latestSessionIsLinkedAndNothingElseIsLeft() throws IOException {
    Path session = above(new SessionDirectory(null, temporary.toString()).logs());
    Path base = temporary.resolve("heaplight");
    assertEquals(session.getFileName(), Files.readSymbolicLink(base.resolve("session_latest")));
    assertEquals(
        Stream.of("session_latest", session.getFileName().toString()).sorted().toList(),
        namesIn(base));
  }

  @Test
  void linkMovesOnToTheNextSession() throws IOException {
    Path base = Files.createDirectory(temporary.resolve("heaplight"));
    Path latest = base.resolve("session_latest");
    Files.createSymbolicLink(latest, Path.of("session_before"));
    Path session = above(new SessionDirectory(null, temporary.toString()).logs());
    assertEquals(session.getFileName(), Files.readSymbolicLink(latest));
  }

  @Test
  void directoryStaysTheSame() throws IOException {
    SessionDirectory session = new SessionDirectory(null, temporary.toString());
    assertEquals(session.logs(), session.logs());
  }

  @Test
  void nothingIsMadeBeforeItIsNeeded() throws IOException {
    SessionDirectory session = new SessionDirectory(null, temporary.toString());
    assertEquals(List.of(), namesIn(temporary));
    assertTrue(Files.isDirectory(session.logs()));
  }

  @Test
  void givenSessionIsUsedAndMadeForItsOwnerAlone() throws IOException {
    Path given = temporary.resolve("outer/given");
    Path logs = new SessionDirectory(given.toString(), temporary.toString()).logs();
    assertEquals(given.resolve("logs"), logs);
    assertOwnersAlone(above(given));
    assertOwnersAlone(given);
    assertOwnersAlone(logs);
    assertFalse(Files.exists(temporary.resolve("heaplight")));
  }

  @Test
  void givenSessionIsSharedByWorkers() throws IOException {
    String given = temporary.resolve("given").toString();
    Path logs = new SessionDirectory(given, temporary.toString()).logs();
    assertEquals(logs, new SessionDirectory(given, temporary.toString()).logs());
    assertEquals(List.of(), namesIn(logs));
  }

  @Test
  void linkInPlaceOfTheLogsIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path logs = Files.createDirectory(temporary.resolve("given")).resolve("logs");
    Files.createSymbolicLink(logs, elsewhere);
    assertLogsRefused(logs);
    assertEquals(List.of(), namesIn(elsewhere));
  }

  @Test
  void fileInPlaceOfTheLogsIsRefused() throws IOException {
    Path logs = Files.createDirectory(temporary.resolve("given")).resolve("logs");
    Files.createFile(logs);
    assertLogsRefused(logs);
  }

  @Test
  void logsOfAnotherUserAreRefused() throws IOException {
    Path given = Files.createDirectory(temporary.resolve("given"));
    Path logs = Files.createDirectory(given.resolve("logs"));
    String self = Files.getOwner(logs).getName();
    UserPrincipal other = giveAway(logs);
    IOException refused =
        assertThrows(
            IOException.class,
            () -> new SessionDirectory(given.toString(), temporary.toString()).logs());
    assertEquals(
        "session directory: expected owner="
            + self
            + ", actual="
            + other.getName()
            + ", path="
            + logs,
        refused.getMessage());
  }

  @Test
  void baseThatIsAFileIsLeftForOneWithTheUsersName() throws IOException {
    Path foreign = Files.createFile(temporary.resolve("heaplight"));
    assertFallsBack();
    assertTrue(Files.isRegularFile(foreign, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void baseOfAnotherUserIsLeftForOneWithTheUsersName() throws IOException {
    Path foreign = Files.createDirectory(temporary.resolve("heaplight"));
    giveAway(foreign);
    assertFallsBack();
    assertEquals(List.of(), namesIn(foreign));
  }

  @Test
  void linkInPlaceOfTheBaseIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(temporary.resolve("heaplight"), elsewhere);
    assertFallsBack();
    assertEquals(List.of(), namesIn(elsewhere));
  }

  /** As in a container that runs under a number without an entry in the user database. */
  @Test
  void userWithoutANameFindsItsOwnDirectory() throws IOException {
    Path base = Files.createDirectory(temporary.resolve("heaplight"));
    String name = System.getProperty("user.name");
    System.setProperty("user.name", "?");
    try {
      Path logs = new SessionDirectory(null, temporary.toString()).logs();
      assertEquals(base, above(above(logs)));
    } finally {
      System.setProperty("user.name", name);
    }
  }

  private void assertFallsBack() throws IOException {
    Path logs = new SessionDirectory(null, temporary.toString()).logs();
    Path base = temporary.resolve("heaplight-" + System.getProperty("user.name"));
    assertEquals(base, above(above(logs)));
    assertOwnersAlone(base);
  }

  private void assertLogsRefused(Path logs) {
    String given = above(logs).toString();
    IOException refused =
        assertThrows(
            IOException.class, () -> new SessionDirectory(given, temporary.toString()).logs());
    assertEquals(
        "session directory: expected=directory, actual=file or link, path=" + logs,
        refused.getMessage());
  }

  /** Makes a directory another user's, which only root may do. */
  private static UserPrincipal giveAway(Path directory) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"));
    UserPrincipal nobody =
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(directory, nobody);
    return nobody;
  }

  private static void assertOwnersAlone(Path directory) throws IOException {
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
  }

  private static Path above(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
