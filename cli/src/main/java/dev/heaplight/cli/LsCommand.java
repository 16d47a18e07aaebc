package dev.heaplight.cli;

import dev.heaplight.viewer.input.InputFiles;
import dev.heaplight.viewer.session.Listing;
import dev.heaplight.viewer.session.ListingOrder;
import dev.heaplight.viewer.session.ListingReader;
import dev.heaplight.viewer.session.ListingReport;
import dev.heaplight.viewer.session.SessionRoot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists recordings. */
@Command(
    name = "ls",
    description =
        "Lists the recordings of a session: what they are of, how large, and their state.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SESSION",
      arity = "0..*",
      description = "Session directories or recordings. Default: the latest session.")
  private List<Path> paths = List.of();

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "time",
      description = "time, name, bytes, peak or size. Default: ${DEFAULT-VALUE}.")
  private ListingOrder order;

  @Option(
      names = "--verify",
      description = "Read every recording in full, so that damage anywhere in it is found.")
  private boolean verify;

  @Option(names = "--json", description = "Print one JSON object; docs/CLI.md lists its keys.")
  private boolean json;

  @Override
  public Integer call() throws UserError, IOException {
    List<Path> places = paths.isEmpty() ? List.of(newest()) : paths;
    List<Listing> listings = new ArrayList<>(listings(places));
    listings.sort(order.comparator());
    PrintWriter out = spec.commandLine().getOut();
    ListingReport report = new ListingReport(listings);
    if (json) {
      report.writeJson(out);
      return 0;
    }
    if (paths.isEmpty()) {
      spec.commandLine().getErr().println("note: the latest session is " + places.get(0));
    }
    report.writeText(System.currentTimeMillis(), out);
    return 0;
  }

  private static Path newest() throws UserError, IOException {
    SessionRoot root = SessionRoot.ofEnvironment();
    return root.newest()
        .orElseThrow(
            () ->
                new UserError(
                    "cannot list recordings",
                    "there is no session in "
                        + root.places().stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(" or ")),
                    "name a session directory or start a worker with the agent"));
  }

  private List<Listing> listings(List<Path> places) throws UserError {
    List<Listing> listings = new ArrayList<>();
    String host = hostName();
    PrintWriter err = spec.commandLine().getErr();
    List<Path> files = files(places);
    try (ReadProgress progress = new ReadProgress(files.size(), err)) {
      for (Path file : files) {
        progress.next();
        try {
          listings.add(ListingReader.read(file, host, verify));
        } catch (IOException e) {
          progress.read();
          if (places.contains(file)) {
            throw ReadErrors.of(file, e);
          }
          err.println("note: passed over: " + ReadErrors.of(file, e).getMessage());
        }
      }
    }
    return listings;
  }

  private static List<Path> files(List<Path> places) throws UserError {
    try {
      return InputFiles.of(places);
    } catch (IOException e) {
      throw ReadErrors.of(places.get(0), e);
    }
  }

  /** As the agent writes it; empty when unknown, which is no recording's host. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String variable = System.getenv("HOSTNAME");
      return variable == null ? "" : variable;
    }
  }
}
