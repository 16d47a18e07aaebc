import { ask } from "./live.js";
import { badge, bytes, clock, duration } from "./format.js";
import { PagedTable } from "./table.js";

const by = (id) => document.getElementById(id);
const STATES = ["running", "finished", "killed", "failed", "cut-off", "damaged"];

const columns = [
  { title: "Task", name: true, sort: "scope", cell: (row) => element("bdi", { title: row.file }, visible(row.scope || row.file)) },
  { title: "Kind", left: true, sort: "kind", cell: (row) => row.kind || "–" },
  { title: "Id", name: true, cell: (row) => visible(row.id) || "–" },
  { title: "PID", sort: "pid", cell: (row) => (row.pid >= 0 ? element("a", { href: `#/memory?pid=${row.pid}`, "data-key": `p${row.file}` }, String(row.pid)) : "–") },
  { title: "State", left: true, sort: "state", cell: (row) => badge(row.state) },
  { title: "Started", left: true, sort: "start", cell: (row) => clock(row.startMillis) },
  { title: "Duration", sort: "duration", cell: (row) => duration(row.durationMillis) },
  { title: "Holds now", sort: "held", cell: (row) => bytes(row.heldBytes) },
  { title: "Allocated", sort: "allocated", cell: (row) => bytes(row.allocatedBytes) },
  { title: "Peak", sort: "peak", cell: (row) => bytes(row.peakBytes) },
  { title: "Surviving", sort: "surviving", cell: (row) => bytes(row.survivingBytes) },
  { title: "Attempt", sort: "attempt", cell: (row) => (row.attempt ? String(row.attempt) : "–") },
  { title: "", actions: true, cell: actions },
];

function actions(row) {
  if (row.state === "damaged") return "";
  const file = encodeURIComponent(row.file);
  const span = element("span", {});
  span.append(
    element("a", { href: `#/graph?file=${file}`, "data-key": `g${row.file}` }, "flame graph"),
    " ",
    element("a", { href: `#/memory?file=${file}`, "data-key": `m${row.file}` }, "memory")
  );
  return span;
}

const list = new PagedTable(
  by("tasks").querySelector(".table"),
  by("tasks").querySelector(".pages"),
  columns,
  async (parameters) => {
    const answer = await ask("/api/tasks", { ...parameters, filter: by("task-filter").value, kind: by("task-kind").value, state: by("task-state").value });
    choose(by("task-kind"), answer.kinds);
    return answer;
  },
  "start"
);
list.nothing = "No task was recorded that fits.";

function choose(select, values) {
  const key = values.join("\n");
  if (select.dataset.shown === key) return;
  const chosen = select.value;
  select.dataset.shown = key;
  select.replaceChildren(element("option", { value: "" }, "all"), ...values.map((value) => element("option", { value }, visible(value))));
  select.value = chosen;
}

choose(by("task-state"), STATES);
by("task-filter").addEventListener("input", () => list.restart());
by("task-kind").addEventListener("change", () => list.restart());
by("task-state").addEventListener("change", () => list.restart());

export const view = {
  update: () => list.refresh(),
  search: by("task-filter"),
};
