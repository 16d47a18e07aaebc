package dev.heaplight.cli;

import dev.heaplight.monitor.forensics.Explanation;
import dev.heaplight.monitor.forensics.Forensics;
import dev.heaplight.monitor.forensics.KernelLog;
import dev.heaplight.monitor.forensics.Verdict;
import dev.heaplight.monitor.json.JsonText;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why workers ended. */
@Command(
    name = "explain",
    description = {
      "Says why a worker ended: killed by the monitor, by the kernel's OOM killer, out of heap,"
          + " crashed, ended by a signal or by itself.",
      "Names no cause that the evidence does not bear out, and lists that."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PID|SESSION",
      description = "A process, or a session's directory for all of its workers.")
  private @Nullable String subject;

  @Option(
      names = "--session",
      paramLabel = "DIR",
      description = "The session of the process; by default the latest that knows it.")
  private @Nullable Path session;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws UserError {
    String asked = subject == null ? "" : subject;
    boolean byPid = asked.matches("\\d{1,18}");
    List<Path> sessions =
        session != null
            ? List.of(Sessions.checked(session))
            : byPid || asked.isEmpty()
                ? Sessions.known()
                : List.of(Sessions.checked(Path.of(asked)));
    KernelLog log = KernelLog.read();
    List<Explanation> explained = new ArrayList<>();
    for (Path directory : sessions) {
      for (MonitorDirectory node : nodes(directory)) {
        Forensics forensics = new Forensics(node, Path.of("/"), log);
        for (ProcessIdentity worker : forensics.workers()) {
          if (!byPid || worker.pid() == Long.parseLong(asked)) {
            explained.add(forensics.explain(worker));
          }
        }
      }
      if (!explained.isEmpty()) {
        break; // the latest session that knows it
      }
    }
    if (explained.isEmpty()) {
      throw new UserError(
          byPid ? "cannot explain process " + asked : "nothing to explain",
          "no worker"
              + (byPid ? " of this number" : "")
              + " is known in "
              + Sessions.named(sessions),
          "start workers with the agent and give their session with --session DIR");
    }
    print(explained, byPid);
    return 0;
  }

  private static List<MonitorDirectory> nodes(Path session) throws UserError {
    try {
      return MonitorDirectory.ofAllNodes(session);
    } catch (IOException e) {
      throw new UserError(
          "cannot open session " + session,
          String.valueOf(e.getMessage()),
          "check the directory and who owns it",
          e);
    }
  }

  private void print(List<Explanation> explained, boolean whole) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(JsonText.indented(explained.stream().map(ExplainCommand::members).toList()));
      return;
    }
    if (!whole) {
      explained.forEach(
          each ->
              out.printf("%-8d %-18s %s%n", each.worker().pid(), each.verdict(), each.detail()));
      out.println();
    }
    for (Explanation each : explained) {
      if (whole || each.verdict() != Verdict.RUNNING) {
        details(each, out);
      }
    }
  }

  private static void details(Explanation each, PrintWriter out) {
    out.println("process " + each.worker().pid() + ": " + each.verdict() + ": " + each.detail());
    if (!each.command().isEmpty()) {
      out.println("  ran: " + each.command());
    }
    each.evidence().forEach(fact -> out.println("  - " + fact));
    if (!each.message().isEmpty()) {
      out.println();
      each.message().lines().forEach(line -> out.println("  " + line));
    }
    out.println();
  }

  private static Map<String, Object> members(Explanation each) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("pid", each.worker().pid());
    members.put("startTicks", each.worker().startTicks());
    members.put("command", each.command());
    members.put("verdict", each.verdict().name());
    members.put("detail", each.detail());
    members.put("evidence", each.evidence());
    members.put("report", each.report());
    members.put("message", each.message());
    return members;
  }
}
