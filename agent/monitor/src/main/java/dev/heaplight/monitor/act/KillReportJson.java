package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.json.JsonText;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as JSON; its members are specified in {@code docs/FORMAT.md}. */
final class KillReportJson {
  private static final int VERSION = 1;

  private KillReportJson() {}

  static String of(KillReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", VERSION);
    json.put("sequence", report.decision().sequence());
    json.put("timeMillis", report.timeMillis());
    json.put("action", report.decision().action().name());
    json.put("outcome", report.outcome().text());
    json.put("freedBytes", report.freedBytes());
    json.put("node", node(report));
    json.put("victim", candidate(report, report.victim()));
    json.put("policy", report.settings().policy().text());
    json.put("fitsNever", Advice.fitsNever(report));
    List<Object> candidates = new ArrayList<>();
    report.candidates().forEach(ranked -> candidates.add(candidate(report, ranked)));
    json.put("candidates", candidates);
    json.put("topUsers", users(report.topUsers()));
    json.put("hottestStacks", stacks(report.hottestStacks()));
    json.put("commands", KillReportText.commands(report));
    json.put("advice", Advice.of(report));
    json.put("message", KillReportText.message(report));
    return JsonText.indented(json);
  }

  /**
   * A report that another monitor wrote, with what came of it.
   *
   * @throws IllegalArgumentException if it is no report
   */
  static String withOutcome(
      @Nullable Object report,
      KillReport.Outcome outcome,
      long freedBytes,
      List<TopUsers.User> users,
      List<KillReport.StackShare> stacks) {
    if (!(whole(report) instanceof Map<?, ?> members)) {
      throw new IllegalArgumentException("report: expected=object, actual=" + report);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    members.forEach((name, value) -> json.put(String.valueOf(name), value));
    json.put("outcome", outcome.text());
    json.put("freedBytes", freedBytes);
    if (json.get("topUsers") instanceof List<?> known && known.isEmpty()) {
      json.put("topUsers", users(users));
    }
    if (json.get("hottestStacks") instanceof List<?> known && known.isEmpty()) {
      json.put("hottestStacks", stacks(stacks));
    }
    return JsonText.indented(json);
  }

  /** Numbers without a fraction, as they were written. */
  private static @Nullable Object whole(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      members.forEach((name, member) -> copy.put(String.valueOf(name), whole(member)));
      return copy;
    } else if (value instanceof List<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>();
      elements.forEach(element -> copy.add(whole(element)));
      return copy;
    }
    return value instanceof Double number && number == Math.rint(number)
        ? (Object) number.longValue()
        : value;
  }

  private static List<Object> users(List<TopUsers.User> topUsers) {
    List<Object> users = new ArrayList<>();
    for (TopUsers.User user : topUsers) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("pid", user.pid());
      members.put("bytes", user.bytes());
      members.put("command", user.command());
      users.add(members);
    }
    return users;
  }

  private static List<Object> stacks(List<KillReport.StackShare> hottest) {
    List<Object> stacks = new ArrayList<>();
    for (KillReport.StackShare stack : hottest) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("bytes", stack.bytes());
      members.put("objects", stack.objects());
      members.put("frames", stack.frames());
      stacks.add(members);
    }
    return stacks;
  }

  private static Map<String, Object> node(KillReport report) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("host", report.host());
    node.put("level", report.level().path());
    node.put("kind", report.level().kind().name());
    node.put("usedBytes", report.level().usedBytes());
    node.put("totalBytes", report.level().totalBytes());
    node.put("sharedBytes", report.level().sharedBytes());
    node.put("workersBytes", report.workersBytes());
    node.put("otherBytes", report.otherBytes());
    node.put("fraction", report.level().fraction());
    node.put("threshold", report.settings().threshold());
    node.put("triggerBytes", report.triggerBytes());
    node.put("formula", report.level().kind().formula());
    return node;
  }

  private static Map<String, Object> candidate(KillReport report, Ranked ranked) {
    Candidate candidate = ranked.candidate();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", candidate.task().name());
    members.put("kind", candidate.task().kind());
    members.put("id", candidate.task().id());
    members.put("pid", candidate.worker().pid());
    members.put("startTicks", candidate.worker().startTicks());
    members.put("bytes", candidate.bytes());
    members.put("workerBytes", candidate.workerBytes());
    members.put("formula", candidate.formula());
    ProcessMemory.Mapped mapped = report.mapped().get(candidate.worker().pid());
    if (mapped != null) {
      members.put("ussBytes", mapped.ussBytes());
      members.put("pssBytes", mapped.pssBytes());
    }
    members.put("why", ranked.why());
    members.put("retriable", candidate.task().retriable());
    members.put("owner", candidate.task().owner());
    members.put("priority", candidate.task().priority());
    members.put("declaredBytes", candidate.task().declaredBytes());
    members.put("attempt", candidate.task().attempt());
    members.put("neighbours", candidate.neighbours());
    members.put("recording", candidate.task().recording());
    return members;
  }
}
