import { ask } from "./live.js";
import { ago, badge, bytes } from "./format.js";
import { table } from "./table.js";
import { Plot } from "./plot.js";
import { openEnd } from "./events.js";

const by = (id) => document.getElementById(id);
const plot = new Plot(by("node-plot"), 170);

/* One bound on memory: how much is used, of that shared, and where the monitor acts. */
function card(bound) {
  const share = (part) => `${Math.min(100, (100 * part) / bound.totalBytes)}%`;
  const above = bound.usedBytes > bound.triggerBytes;
  const used = element("i", { class: above ? "above" : "" });
  const shared = element("i", { class: "shared" });
  const trigger = element("b", { title: `the monitor acts above ${bytes(bound.triggerBytes)}` });
  used.style.width = share(bound.usedBytes);
  shared.style.width = share(Math.min(bound.sharedBytes, bound.usedBytes));
  trigger.style.left = share(bound.triggerBytes);
  return element(
    "div",
    { class: "card" },
    element("h3", {}, bound.path === "host" ? "This machine" : `cgroup ${visible(bound.path)}`),
    element("div", { class: "value" }, bytes(bound.usedBytes), element("small", {}, ` of ${bytes(bound.totalBytes)}, ${percentText(bound.usedBytes / bound.totalBytes)}`)),
    element("div", { class: "meter" }, used, shared, trigger),
    element("p", {}, `Threshold ${percentText(bound.triggerBytes / bound.totalBytes)} (${bytes(bound.triggerBytes)}); shared memory ${bytes(bound.sharedBytes)}`),
    element("p", {}, `used = ${bound.formula}`)
  );
}

function figures(view) {
  const open = view.workers.reduce((sum, worker) => sum + (worker.running ? worker.tasks.length : 0), 0);
  const rows = [
    ["Workers running", countText(view.workersRunning), `${countText(view.workersEnded)} ended`],
    ["Tasks open", countText(open)],
    ["Recordings", countText(view.recordings), view.waiting ? `${countText(view.waiting)} still being read` : ""],
    ["Workers killed for memory", countText(view.killed)],
    ["Tasks failed for memory", countText(view.failed)],
    ["Monitor", view.monitorLeads ? "watches" : "none", view.monitorLeads ? "" : "nobody acts when memory is short"],
  ];
  return rows.map(([term, value, more]) => element("div", {}, element("dt", {}, term), element("dd", {}, value, more ? element("small", {}, more) : "")));
}

function workers(view) {
  const link = (worker) => element("a", { href: `#/memory?pid=${worker.pid}`, "data-key": `w${worker.pid}` }, String(worker.pid));
  const state = (worker) => {
    if (worker.running) return badge("running");
    const span = element("span", {}, badge(worker.ended === "monitor" ? "killed" : worker.ended || "ended"), " ");
    const why = element("button", { type: "button", class: "plain", "data-key": `e${worker.pid}-${worker.startTicks}`, "aria-label": `Why process ${worker.pid} ended` }, "why");
    why.addEventListener("click", () => openEnd(worker));
    span.append(why);
    return span;
  };
  return table(
    [
      { title: "PID", cell: link },
      { title: "Role", left: true, cell: (worker) => worker.role },
      { title: "Command", name: true, cell: (worker) => visible(worker.command) },
      { title: "State", left: true, cell: state },
      { title: "RSS", cell: (worker) => bytes(worker.rssBytes) },
      { title: "Shared", cell: (worker) => bytes(worker.sharedBytes) },
      { title: "RSS − shared", cell: (worker) => bytes(worker.privateBytes) },
      { title: "USS", cell: (worker) => bytes(worker.ussBytes) },
      { title: "Open tasks", name: true, cell: (worker) => worker.tasks.map((task) => visible(task.name)).join(", ") || "–" },
    ],
    view.workers
  );
}

function users(view) {
  return table(
    [
      { title: "PID", cell: (user) => String(user.pid) },
      { title: "Memory (RSS − shared)", cell: (user) => bytes(user.bytes) },
      { title: "Role", left: true, cell: (user) => user.role },
      { title: "Command", name: true, cell: (user) => visible(user.command) },
    ],
    view.topUsers
  );
}

function nodes(view) {
  return table(
    [
      { title: "Node", left: true, cell: (node) => `${node.host ? `${visible(node.host)}, ` : ""}${visible(node.address)}` },
      { title: "State", left: true, cell: (node) => (node.reachable ? badge("running", "running") : badge("gone")) },
      { title: "Used", cell: (node) => bytes(node.usedBytes) },
      { title: "Of", cell: (node) => bytes(node.totalBytes) },
      { title: "Recordings", cell: (node) => countText(node.recordings) },
      { title: "Killed", cell: (node) => countText(node.killed) },
      { title: "", left: true, cell: (node) => (node.reachable ? "" : `${visible(node.trouble)}${node.seenMillis ? `; last seen ${ago(node.seenMillis)} ago` : ""}`) },
    ],
    view.nodes
  );
}

async function history() {
  const memory = await ask("/api/memory", { pid: "0" }); // of the node alone
  const node = memory.node;
  plot.show(
    [
      { name: "used", times: node.timeMillis, values: node.usedBytes },
      { name: "threshold", times: node.timeMillis, values: node.triggerBytes, dashed: true },
    ],
    memory.kills.map((kill) => ({ time: kill.timeMillis, text: visible(kill.scope) })),
    "Nothing was measured yet."
  );
}

export const view = {
  update(now) {
    const focused = by("overview").contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    by("bounds").replaceChildren(...now.bounds.map(card));
    by("figures").replaceChildren(...figures(now));
    by("workers").replaceChildren(now.workers.length ? workers(now) : element("p", { class: "nothing" }, "No worker of this session has told of itself on this node."));
    by("users").replaceChildren(users(now));
    by("nodes").hidden = !now.nodes.length;
    by("nodes").querySelector(".scroll").replaceChildren(nodes(now));
    if (focused) by("overview").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    return history();
  },
};
