package dev.heaplight.monitor.act;

import dev.heaplight.monitor.json.JsonText;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    json.put("victim", candidate(report.victim()));
    json.put("policy", report.settings().policy().text());
    json.put("fitsNever", Advice.fitsNever(report));
    List<Object> candidates = new ArrayList<>();
    report.candidates().forEach(ranked -> candidates.add(candidate(ranked)));
    json.put("candidates", candidates);
    List<Object> users = new ArrayList<>();
    report
        .topUsers()
        .forEach(
            user -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("pid", user.pid());
              members.put("bytes", user.bytes());
              members.put("command", user.command());
              users.add(members);
            });
    json.put("topUsers", users);
    List<Object> stacks = new ArrayList<>();
    report
        .hottestStacks()
        .forEach(
            stack -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("bytes", stack.bytes());
              members.put("objects", stack.objects());
              members.put("frames", stack.frames());
              stacks.add(members);
            });
    json.put("hottestStacks", stacks);
    json.put("commands", KillReportText.commands(report));
    json.put("advice", Advice.of(report));
    json.put("message", KillReportText.message(report));
    return JsonText.indented(json);
  }

  private static Map<String, Object> node(KillReport report) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("host", report.host());
    node.put("level", report.level().path());
    node.put("kind", report.level().kind().name());
    node.put("usedBytes", report.level().usedBytes());
    node.put("totalBytes", report.level().totalBytes());
    node.put("sharedBytes", report.level().sharedBytes());
    node.put("fraction", report.level().fraction());
    node.put("threshold", report.settings().threshold());
    node.put("triggerBytes", report.triggerBytes());
    node.put("formula", report.level().kind().formula());
    return node;
  }

  private static Map<String, Object> candidate(Ranked ranked) {
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
    members.put("why", ranked.why());
    members.put("retriable", candidate.task().retriable());
    members.put("owner", candidate.task().owner());
    members.put("priority", candidate.task().priority());
    members.put("declaredBytes", candidate.task().declaredBytes());
    members.put("attempt", candidate.task().attempt());
    members.put("recording", candidate.task().recording());
    return members;
  }
}
