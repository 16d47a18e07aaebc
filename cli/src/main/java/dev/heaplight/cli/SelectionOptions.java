package dev.heaplight.cli;

import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.model.TimeWindow;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which part of a recording a report is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class SelectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "0",
      converter = DurationConverter.class,
      description = "Only what came this long after the scope's open: 500ms, 2.5s, 3m, 1h.")
  private long fromMillis;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = DurationConverter.NEVER,
      description = "Only what came before this time after the scope's open.")
  private long toMillis;

  @Option(
      names = "--thread",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Only threads in whose name this is found. May be repeated: any of them.")
  private List<Pattern> threads = List.of();

  @Option(
      names = "--class",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Only allocated classes in whose name this is found. May be repeated.")
  private List<Pattern> classes = List.of();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Only stacks with a frame (com.acme.Job.run) in which this is found.")
  private List<Pattern> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "No stacks with a frame in which this is found.")
  private List<Pattern> exclude = List.of();

  TimeWindow window() {
    if (toMillis <= fromMillis) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--to': it is not after --from");
    }
    return new TimeWindow(fromMillis, toMillis);
  }

  Selection selection() {
    return new Selection(threads, classes, include, exclude);
  }
}
