package dev.heaplight.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that a verb hands on to the agent. */
final class AgentArguments {
  @Option(
      names = "--session",
      paramLabel = "DIR",
      description = "Session directory; the recording goes to DIR/logs.")
  private @Nullable Path session;

  @Option(
      names = "--options",
      paramLabel = "KEY=VALUE,...",
      description = "Further options of the agent, for instance overhead=2%%.")
  private List<String> options = new ArrayList<>();

  /** The session directory given here, in either way; null if none is. */
  @Nullable Path session() {
    if (session != null) {
      return session.toAbsolutePath().normalize();
    }
    for (String option : list()) {
      if (option.startsWith("session=")) {
        return Path.of(option.substring("session=".length())).toAbsolutePath().normalize();
      }
    }
    return null;
  }

  /** The given options and {@code first} before them, as the agent takes them. */
  String text(String what, List<String> first) throws UserError {
    List<String> all = new ArrayList<>(first);
    if (session != null) {
      String path = session.toAbsolutePath().normalize().toString();
      if (path.contains(",")) {
        throw new UserError(
            what, "there is a comma in --session " + path, "choose a directory without one");
      }
      all.add("session=" + path);
    }
    for (String option : list()) {
      if (!all.contains(option)) {
        all.add(option);
      }
    }
    return String.join(",", all);
  }

  private List<String> list() {
    List<String> all = new ArrayList<>();
    for (String several : options) {
      for (String option : several.split(",", -1)) {
        if (!option.isBlank()) {
          all.add(option.strip());
        }
      }
    }
    return all;
  }
}
