/* Which view is shown, by the address; and what is new, told to it. */
import { ask, listen, state } from "./live.js";
import { view as overview } from "./overview.js";
import { view as memory } from "./memory.js";
import { view as events } from "./events.js";
import { view as tasks } from "./tasks.js";
import { view as logs } from "./logs.js";
import { view as graph } from "./graph.js";

const views = { overview, memory, events, tasks, logs, graph };
const by = (id) => document.getElementById(id);
let current = "overview";
let busy = false;

/* The token has become a cookie: it need not stay in the address, where others may see it. */
if (new URLSearchParams(location.search).has("token")) history.replaceState(null, "", `/${location.hash}`);

function route() {
  // With a slash: a name alone would have the browser scroll to the section.
  const [name, query] = location.hash.slice(1).replace(/^\//, "").split("?", 2);
  if (name === "content") return; // the link that skips to the content
  current = Object.hasOwn(views, name) ? name : "overview";
  for (const each of Object.keys(views)) by(each).hidden = each !== current;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === `#/${current}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  views[current].show?.(new URLSearchParams(query || ""));
  update();
}

function tell(trouble) {
  by("trouble").hidden = !trouble;
  by("trouble").textContent = trouble;
}

/* One update at a time: a slow answer must not be overtaken by the next. */
async function update() {
  if (!state.view || busy) return;
  busy = true;
  const shown = current;
  try {
    const view = state.node ? { ...(await ask("/api/overview")), nodes: state.view.nodes } : state.view;
    by("session").textContent = visible(view.session);
    document.title = `${view.host} – Heaplight session`;
    await views[shown].update(view);
    const waiting = view.waiting ? `${countText(view.waiting)} of ${countText(view.recordings)} recordings are still being read.` : "";
    tell(view.trouble || waiting);
  } catch (error) {
    tell(error.message);
  } finally {
    busy = false;
  }
  if (shown !== current) update();
}

function nodes(view) {
  const own = [0, view.host || "this node"];
  const others = view.nodes.map((node) => [node.number, `${node.host || node.address}${node.reachable ? "" : " (gone)"}`]);
  const select = by("node");
  const key = JSON.stringify([own, ...others]);
  by("node-choice").hidden = !others.length;
  if (select.dataset.shown === key) return;
  select.dataset.shown = key;
  select.replaceChildren(...[own, ...others].map(([value, text]) => element("option", { value }, visible(text))));
  select.value = String(state.node);
}

by("node").addEventListener("change", (event) => {
  state.node = Number(event.target.value);
  route();
});

addEventListener("hashchange", route);
addEventListener("keydown", (event) => {
  const search = views[current].search;
  if (event.key === "/" && search && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) {
    event.preventDefault();
    search.focus();
  }
});

route();
listen(
  (view) => {
    state.view = view;
    nodes(view);
    update();
  },
  (on) => {
    by("live").className = on ? "on" : "off";
    by("live").textContent = on ? "live" : "no connection";
  }
);
