package dev.heaplight.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A completion script for fish, from the model of the commands. Verbs are completed where none
 * stands yet, options where their verb does.
 */
final class FishCompletion {
  private final String command;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String command) {
    this.command = command;
  }

  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion(root.getCommandName());
    completion.level(root, "__fish_use_subcommand");
    return completion.script.toString();
  }

  /** One command: its options, and its verbs with what is below them. */
  private void level(CommandLine line, String condition) {
    CommandSpec spec = line.getCommandSpec();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        option(option, condition);
      }
    }
    for (Map.Entry<String, CommandLine> verb : line.getSubcommands().entrySet()) {
      String[] description = verb.getValue().getCommandSpec().usageMessage().description();
      begin(condition).append(" -f -a ").append(quoted(verb.getKey()));
      describe(description).append('\n');
      level(verb.getValue(), below(condition, verb.getKey(), verb.getValue()));
    }
  }

  /** Where the words so far hold {@code verb}, and no verb below it where there are any. */
  private static String below(String condition, String verb, CommandLine line) {
    String seen = "__fish_seen_subcommand_from " + verb;
    String outer = condition.equals("__fish_use_subcommand") ? "" : outer(condition) + "; and ";
    if (line.getSubcommands().isEmpty()) {
      return outer + seen;
    }
    String inner = String.join(" ", line.getSubcommands().keySet());
    return outer + seen + "; and not __fish_seen_subcommand_from " + inner;
  }

  private static String outer(String condition) {
    int not = condition.indexOf("; and not ");
    return not < 0 ? condition : condition.substring(0, not);
  }

  private void option(OptionSpec option, String condition) {
    begin(condition);
    for (String name : option.names()) {
      boolean isLong = name.startsWith("--");
      script.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
    }
    if (option.arity().max() > 0) {
      script.append(" -r");
    }
    describe(option.description()).append('\n');
  }

  private StringBuilder begin(String condition) {
    return script.append("complete -c ").append(command).append(" -n ").append(quoted(condition));
  }

  private StringBuilder describe(String[] lines) {
    if (lines.length > 0) {
      script.append(" -d ").append(quoted(lines[0].replace("${DEFAULT-VALUE}", "the default")));
    }
    return script;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
