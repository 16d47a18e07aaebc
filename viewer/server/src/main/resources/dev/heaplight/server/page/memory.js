import { ask } from "./live.js";
import { bytes, clock, program } from "./format.js";
import { table } from "./table.js";
import { Plot } from "./plot.js";
import { openReport } from "./events.js";

const by = (id) => document.getElementById(id);
const plot = new Plot(by("memory-plot"), 340);
let of = {};

/* Of many workers one line each; of one, or of one task, all that is known of it. */
function lines(answer) {
  const one = answer.lines.length === 1 && (of.pid || of.file);
  if (!one) {
    return [...answer.lines].sort((a, b) => a.pid - b.pid).map((line) => ({ name: `${line.pid} ${program(visible(line.name))}`, times: line.timeMillis, values: line.rssMinusSharedBytes }));
  }
  const line = answer.lines[0];
  const live = line.liveBytes.some((value) => value >= 0);
  return [
    { name: "RSS − shared", times: line.timeMillis, values: line.rssMinusSharedBytes },
    { name: "heap in use", times: line.timeMillis, values: line.heapUsedBytes },
    ...(live ? [{ name: "live of the task, after collections", times: line.timeMillis, values: line.liveBytes }] : []),
  ];
}

function relevant(kill) {
  if (of.pid) return String(kill.pid) === of.pid;
  return of.file ? kill.recording === of.file.slice(of.file.lastIndexOf("/") + 1) : true;
}

function kills(marks) {
  const button = (kill) => {
    const made = element("button", { type: "button", "data-key": kill.report }, "Report");
    made.addEventListener("click", () => openReport(kill.report));
    return made;
  };
  return table(
    [
      { title: "When", left: true, cell: (kill) => clock(kill.timeMillis) },
      { title: "What", left: true, cell: (kill) => (kill.worker ? "worker killed" : "task failed") },
      { title: "Task", name: true, cell: (kill) => `${kill.kind} ${visible(kill.scope)}` },
      { title: "PID", cell: (kill) => String(kill.pid) },
      { title: "Held", cell: (kill) => bytes(kill.bytes) },
      { title: "", actions: true, cell: button },
    ],
    marks
  );
}

function choices(now) {
  const running = now.workers.map((worker) => [`pid=${worker.pid}`, `${worker.pid} ${program(visible(worker.command))}${worker.running ? "" : " (ended)"}`]);
  const all = [["", "the largest workers"], ...running];
  if (of.file) all.push([`file=${of.file}`, visible(of.file)]);
  const chosen = of.file ? `file=${of.file}` : of.pid ? `pid=${of.pid}` : "";
  const select = by("memory-of");
  const key = JSON.stringify(all);
  if (select.dataset.shown !== key) {
    select.dataset.shown = key;
    select.replaceChildren(...all.map(([value, text]) => element("option", { value }, text)));
  }
  select.value = chosen;
}

by("memory-of").addEventListener("change", (event) => {
  const [name, ...value] = event.target.value.split("=");
  location.hash = name ? `/memory?${name}=${encodeURIComponent(value.join("="))}` : "/memory";
});

export const view = {
  show(parameters) {
    of = { pid: parameters.get("pid") || "", file: parameters.get("file") || "" };
  },

  async update(now) {
    choices(now);
    const answer = await ask("/api/memory", of);
    const marks = answer.kills.filter(relevant);
    by("memory-note").textContent = answer.lines.length && !of.pid && !of.file ? "resident memory less what is shared, of up to 8 workers that wrote recordings" : "";
    plot.show(lines(answer), marks.map((kill) => ({ time: kill.timeMillis, text: visible(kill.scope) })), "No recording tells of memory yet.");
    const place = by("memory-kills");
    if (place.dataset.shown === JSON.stringify(marks)) return;
    place.dataset.shown = JSON.stringify(marks);
    place.replaceChildren(marks.length ? kills(marks) : element("p", { class: "nothing" }, "None."));
  },
};
