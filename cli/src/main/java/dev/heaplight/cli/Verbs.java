package dev.heaplight.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The verbs, in the order in which help lists them.
 *
 * <p>A command line needs one of them. Reading the annotations of all took a third of the time that
 * {@code heaplight --help} takes, so those not asked for are known by name and one line only.
 */
final class Verbs {
  private static final String HELP = "help";
  private static final String TRANSFORM = "transform";
  private static final List<Class<?>> FORMATS =
      List.of(
          PprofCommand.class,
          SpeedscopeCommand.class,
          CollapsedCommand.class,
          DhatCommand.class,
          CsvCommand.class,
          JsonCommand.class);

  private static final List<Verb> ALL =
      List.of(
          new Verb("flamegraph", "Write a flame graph: an interactive page, or a picture."),
          new Verb("table", "Write a page with a table of allocation sites to sort and filter."),
          new Verb("tree", "Show the call tree; interactive on a terminal."),
          new Verb("summary", "Print what each function allocated, itself and with its callees."),
          new Verb("stats", "Print totals, sizes and the largest allocation sites."),
          new Verb("diff", "Compare recordings: which stacks grew, which shrank."),
          new Verb("merge", "Sum recordings up by the name of their scope."),
          new Verb("ls", "List the recordings of a session."),
          new Verb("check", "Fail when a recording exceeds a budget."),
          new Verb("advise", "Say how many of each task fit side by side into a memory."),
          new Verb(TRANSFORM, "Write pprof, speedscope, collapsed stacks, DHAT, CSV or JSON."),
          new Verb("parse", "Print a recording record by record."),
          new Verb("run", "Start a Java program and record all of it."),
          new Verb("attach", "Record a JVM that runs already."),
          new Verb("detach", "End what attach began."),
          new Verb("mode", "Switch how the scopes of a running worker are captured."),
          new Verb("monitor", "Watch a session's memory and act before the kernel does."),
          new Verb("explain", "Say why a worker ended."),
          new Verb("top", "Show a session's workers and tasks by memory, live on a terminal."),
          new Verb("serve", "Show a session live in a browser, and to Prometheus."),
          new Verb("path", "Print where the agent's or the API's jar is."),
          new Verb("completion", "Print a script that has a shell complete verbs and options."),
          new Verb(HELP, "Explain a verb."));

  private Verbs() {}

  private record Verb(String name, String summary) {}

  /** Adds what a command line of {@code args} may need to {@code root}. */
  static void addFor(CommandLine root, String... args) {
    boolean help = HELP.equals(word(args, 0));
    String asked = word(args, help ? 1 : 0);
    if (asked.equals("completion")) {
      addAll(root);
      return;
    }
    for (Verb verb : ALL) {
      boolean needed = verb.name().equals(asked) || verb.name().equals(HELP);
      root.addSubcommand(
          verb.name(), needed ? command(verb.name(), word(args, help ? 2 : 1)) : stub(verb));
    }
  }

  /** Adds all verbs to {@code root}, each with its options. */
  static void addAll(CommandLine root) {
    ALL.forEach(verb -> root.addSubcommand(verb.name(), command(verb.name(), "")));
  }

  private static CommandLine command(String verb, String next) {
    CommandLine command = new CommandLine(commandClass(verb));
    if (verb.equals(TRANSFORM)) {
      List<Class<?>> asked =
          FORMATS.stream()
              .filter(format -> format.getAnnotation(Command.class).name().equals(next))
              .toList();
      (asked.isEmpty() ? FORMATS : asked).forEach(command::addSubcommand);
    }
    return command;
  }

  private static CommandSpec stub(Verb verb) {
    CommandSpec spec = CommandSpec.create().name(verb.name());
    spec.usageMessage().description(verb.summary());
    return spec;
  }

  private static String word(String[] args, int skip) {
    int left = skip;
    for (String arg : args) {
      if (!arg.startsWith("-") && left-- == 0) {
        return arg;
      }
    }
    return "";
  }

  private static Class<?> commandClass(String verb) {
    return switch (verb) {
      case "flamegraph" -> FlameGraphCommand.class;
      case "table" -> TableCommand.class;
      case "tree" -> TreeCommand.class;
      case "summary" -> SummaryCommand.class;
      case "stats" -> StatsCommand.class;
      case "diff" -> DiffCommand.class;
      case "merge" -> MergeCommand.class;
      case "ls" -> LsCommand.class;
      case "check" -> CheckCommand.class;
      case "advise" -> AdviseCommand.class;
      case TRANSFORM -> TransformCommand.class;
      case "parse" -> ParseCommand.class;
      case "run" -> RunCommand.class;
      case "attach" -> AttachCommand.class;
      case "detach" -> DetachCommand.class;
      case "mode" -> ModeCommand.class;
      case "monitor" -> MonitorCommand.class;
      case "explain" -> ExplainCommand.class;
      case "top" -> TopCommand.class;
      case "serve" -> ServeCommand.class;
      case "path" -> PathCommand.class;
      case "completion" -> CompletionCommand.class;
      case HELP -> HelpCommand.class;
      default -> throw new IllegalArgumentException("no such verb: " + verb);
    };
  }
}
