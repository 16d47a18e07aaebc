/*
 * What the recording is and its caveats, above a report.
 * totals: { bytes, objects } of the report's metric.
 */
function showHeader(data, report, totals) {
  const by = (id) => document.getElementById(id);
  const name = visible(data.scopeName);
  const subject = data.metric === "allocated" ? "" : `, ${data.metricHeading.toLowerCase()}`;
  document.title = `${name}${subject} – Heaplight ${report}`;
  by("scope-name").textContent = name;
  const mode = data.mode === "sampled" && data.samplingIntervalBytes ? `sampled mode, ${intervalText(data)}` : `${data.mode} mode`;
  const chips = [data.metricHeading, data.scopeKind, mode, data.scopeId && `id ${data.scopeId}`];
  if (data.comparedWith) chips.push(`compared with ${data.comparedWith}`);
  by("chips").replaceChildren(...chips.filter(Boolean).map((chip) => element("bdi", {}, visible(chip))));
  by("figures").replaceChildren(...figures(data, totals));
  by("facts").replaceChildren(...facts(data));
  by("caveats").hidden = data.caveats.length === 0;
  by("caveats")
    .querySelector("ul")
    .replaceChildren(...data.caveats.map((caveat) => element("li", {}, visible(caveat))));
}

function figures(data, totals) {
  const bytes = totals.bytes;
  const allocated = data.allocatedBytes;
  const jvm = data.jvmAllocatedBytes;
  const moment = data.metricMoment === null ? [] : [["Taken", visible(data.metricMoment)]];
  const whole = data.metric === "allocated" ? [] : [["Allocated", bytesText(allocated), `${countText(allocated)} bytes`]];
  const isPart = data.metric === "allocated" && !data.comparedWith && bytes !== allocated;
  const part = isPart ? `, of ${bytesText(allocated)} in the whole scope` : "";
  const rows = [
    [data.metricHeading, bytesText(bytes), `${countText(bytes)} bytes${part}`],
    ["Objects", countText(totals.objects)],
    ...moment,
    ...whole,
    ["Duration", data.durationMillis === null ? "unknown" : durationText(data.durationMillis)],
    [
      "Of the JVM's own count",
      jvm ? percentText(allocated / jvm) : "unknown",
      jvm === null ? "the JVM did not count" : `of ${bytesText(jvm)}`,
    ],
    ["Garbage collections", data.gcCount === null ? "unknown" : countText(data.gcCount)],
    ["Stacks sampled", data.samples === null ? "unknown" : countText(data.samples)],
  ];
  return rows.map(([term, value, more]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, value, more ? element("small", {}, more) : ""))
  );
}

function facts(data) {
  const rows = [
    ["File", data.file],
    ["Started", data.start.replace("T", " ").replace("Z", " UTC")],
    ["Ended", { closed: "closed by the program", "jvm-exit": "the JVM exited with the scope open" }[data.endReason] || data.endReason || "not cleanly"],
    ["Host", data.host || "unknown"],
    ["Process", String(data.pid)],
    ["JVM", data.jvm],
    ["Agent", data.agentVersion],
    ["Agent's own cost", agentText(data)],
    ["Stacks", intervalText(data)],
    ...data.attributes,
  ];
  return rows.map(([term, value]) =>
    element("div", {}, element("dt", {}, element("bdi", {}, visible(term))), element("dd", {}, element("bdi", {}, visible(value))))
  );
}

function agentText(data) {
  const cpu = data.agentCpuNanos === null ? "unknown" : durationText(Math.round(data.agentCpuNanos / 1e6));
  const memory = data.agentMemoryBytes === null ? "unknown" : bytesText(data.agentMemoryBytes);
  return `processor time ${cpu}, memory ${memory}`;
}

function intervalText(data) {
  const bytes = data.samplingIntervalBytes;
  if (bytes === null) return "unknown";
  if (bytes <= 1) return "of every allocation";
  return `one in ${bytesText(bytes)} on average${data.mode === "exact" ? "; totals are counted, not sampled" : ""}`;
}
