package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class VerbsTest {
  @Command(name = "root")
  private static final class Root {}

  @Test
  void everyVerbIsCalledWhatItsCommandCallsItself() {
    CommandLine root = new CommandLine(new Root());
    Verbs.addAll(root);
    List<String> actual = new ArrayList<>();
    root.getSubcommands()
        .forEach(
            (name, verb) -> {
              Object command = verb.getCommandSpec().userObject();
              actual.add(command.getClass().getAnnotation(Command.class).name());
            });
    assertEquals(List.copyOf(root.getSubcommands().keySet()), actual);
    assertTrue(actual.size() >= 18, actual::toString);
  }

  @Test
  void onlyTheVerbAskedForHasItsOptions() {
    assertEquals(List.of("stats", "help"), withCommands("--verbose", "stats", "diff"));
    assertEquals(List.of("diff", "help"), withCommands("help", "diff"));
    assertEquals(List.of("help"), withCommands("--help"));
    assertEquals(List.of("help"), withCommands());
  }

  @Test
  void completionKnowsEveryVerb() {
    CommandLine all = new CommandLine(new Root());
    Verbs.addAll(all);
    assertEquals(List.copyOf(all.getSubcommands().keySet()), withCommands("completion", "bash"));
    assertFalse(withCommands("stats").contains("completion"));
  }

  private static List<String> withCommands(String... args) {
    CommandLine root = new CommandLine(new Root());
    Verbs.addFor(root, args);
    return root.getSubcommands().entrySet().stream()
        .filter(verb -> !(verb.getValue().getCommandSpec().userObject() == null))
        .map(verb -> verb.getKey())
        .toList();
  }
}
