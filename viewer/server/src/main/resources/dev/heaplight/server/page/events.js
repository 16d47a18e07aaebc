import { ask } from "./live.js";
import { badge, bytes, clock } from "./format.js";
import { table } from "./table.js";

const by = (id) => document.getElementById(id);
const LISTED = 200;
let shown = "";

function facts(report) {
  const node = report.node || {};
  return [
    `${visible(String(node.host))}: ${bytes(node.usedBytes)} of ${bytes(node.totalBytes)} used, threshold ${node.threshold} (${bytes(node.triggerBytes)}); outcome: ${report.outcome}, ${bytes(report.freedBytes)} freed.`,
    `Policy ${report.policy}; of the session's workers ${bytes(node.workersBytes)}, shared ${bytes(node.sharedBytes)}, of others ${bytes(node.otherBytes)}.`,
  ].map((line) => element("p", {}, line));
}

function candidates(report) {
  return table(
    [
      { title: "Task", name: true, cell: (row) => `${row.kind} ${visible(row.name)}` },
      { title: "PID", cell: (row) => String(row.pid) },
      { title: "Bytes", cell: (row) => bytes(row.bytes) },
      { title: "Attempt", cell: (row) => String(row.attempt) },
      { title: "Retriable", left: true, cell: (row) => (row.retriable ? "yes" : "no") },
      { title: "Why there", left: true, cell: (row) => visible(row.why) },
    ],
    report.candidates || []
  );
}

function stacks(report) {
  return (report.hottestStacks || []).flatMap((stack) => [
    element("h3", {}, `Allocated ${bytes(stack.bytes)} in ${countText(stack.objects)} objects at`),
    element("pre", {}, stack.frames.map((frame) => `at ${visible(frame)}`).join("\n")),
  ]);
}

function graphLink(report) {
  const recording = report.victim?.recording || "";
  if (!recording) return "";
  const link = element("a", { href: `#/graph?file=${encodeURIComponent(recording.slice(recording.lastIndexOf("/") + 1))}` }, "Flame graph of the victim");
  link.addEventListener("click", () => by("report").close());
  return element("p", {}, link);
}

/* A monitor's report in full, above the page. */
export async function openReport(file) {
  by("report-title").textContent = file;
  by("report-body").replaceChildren(element("p", {}, "Reading …"));
  by("report").showModal();
  try {
    const report = await ask("/api/report", { file });
    by("report-title").textContent = `${report.action === "KILL_WORKER" ? "Worker killed" : "Task failed"}: ${visible(report.victim.name)}, ${clock(report.timeMillis)}`;
    const scroll = element("div", { class: "scroll" }, candidates(report));
    by("report-body").replaceChildren(
      ...facts(report),
      graphLink(report),
      element("pre", {}, visibleLines(report.message)),
      element("h3", {}, "Candidates, in order"),
      scroll,
      ...stacks(report)
    );
  } catch (error) {
    by("report-body").replaceChildren(element("p", { role: "alert" }, error.message));
  }
}

/* Why a worker ended, as heaplight explain says it. */
export async function openEnd(worker) {
  by("report-title").textContent = `Process ${worker.pid}`;
  by("report-body").replaceChildren(element("p", {}, "Looking …"));
  by("report").showModal();
  try {
    const end = await ask("/api/end", { pid: worker.pid, start: worker.startTicks });
    by("report-title").textContent = `Process ${end.pid}: ${end.verdict}`;
    by("report-body").replaceChildren(
      element("p", {}, visible(end.detail)),
      element("p", {}, `It ran: ${visible(end.command)}`),
      element("h3", {}, "What that rests on"),
      element("ul", {}, ...end.evidence.map((fact) => element("li", {}, visible(fact)))),
      end.message ? element("pre", {}, visibleLines(end.message)) : ""
    );
  } catch (error) {
    by("report-body").replaceChildren(element("p", { role: "alert" }, error.message));
  }
}

function visibleLines(text) {
  return String(text).split("\n").map(visible).join("\n");
}

function item(event) {
  const text = element("p", {}, visible(event.text));
  const parts = [element("time", { datetime: new Date(event.timeMillis).toISOString() }, clock(event.timeMillis)), element("span", {}, badge(event.type)), text];
  if (event.report) {
    const button = element("button", { type: "button", "data-key": String(event.number) }, "Report");
    button.addEventListener("click", () => openReport(event.report));
    parts.push(button);
  } else {
    parts.push(element("span", {}));
  }
  return element("li", {}, ...parts);
}

function types(counts) {
  const select = by("event-type");
  const chosen = select.value;
  const all = [["", "all"], ...Object.entries(counts).map(([type, count]) => [type, `${type} (${countText(count)})`])];
  select.replaceChildren(...all.map(([value, text]) => element("option", { value }, text)));
  select.value = chosen;
}

by("report-close").addEventListener("click", () => by("report").close());
by("event-type").addEventListener("change", () => {
  shown = "";
  view.update();
});

export const view = {
  show() {
    shown = "";
  },

  async update() {
    const answer = await ask("/api/events", { type: by("event-type").value, limit: LISTED });
    const key = JSON.stringify(answer);
    if (key === shown) return; // so that the keyboard stays where it is
    shown = key;
    types(answer.counts);
    by("events").querySelector(".pages").textContent = answer.total > answer.rows.length ? `the last ${countText(answer.rows.length)} of ${countText(answer.total)}` : `${countText(answer.total)} events`;
    by("event-list").replaceChildren(...answer.rows.map(item));
    if (!answer.rows.length) by("event-list").replaceChildren(element("li", { class: "nothing" }, "Nothing has happened: no warning, no kill."));
  },
};
